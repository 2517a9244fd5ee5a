/** What of the ledger is looked at. Days are days of the site; '' means no limit. */
export interface Filter {
  from: string;
  until: string;
  kind: string;
  subject: string;
}
export const noFilter: Filter = { from: '', until: '', kind: '', subject: '' };
