/** `points`: one decimal; `share`: 0–1, shown in per cent. */
export interface Column { label: string; kind?: 'text' | 'int' | 'points' | 'share' | 'day' }
export type Value = string | number | null;
export interface TableOf { columns: readonly Column[]; rows: readonly (readonly Value[])[] }
