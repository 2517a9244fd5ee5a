/** One search parameter of the address as text; '' when absent. */
import { useSearch } from '@tanstack/react-router';

export const useSearchText = (name: string): string => {
  const search: Record<string, unknown> = useSearch({ strict: false });
  const value = search[name];
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
};
