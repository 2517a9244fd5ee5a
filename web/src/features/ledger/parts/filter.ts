/** What of the ledger is looked at. Days are days of the site; '' means no limit. */
export interface Filter {
  from: string;
  until: string;
  kind: string;
  /** Id of what is followed, and its name for people. */
  subject: string;
  subjectName: string;
}
export const noFilter: Filter = { from: '', until: '', kind: '', subject: '', subjectName: '' };

/** A year is typed digit by digit: 0002, 0020, 0202, 2026. Only the last is meant, and each reading is a recorded act. */
export const isMeantDay = (day: string): boolean => day === '' || /^[2-9]\d{3}-\d{2}-\d{2}$/.test(day);
