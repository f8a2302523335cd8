import type { Day } from '@lantoa/shared/rules/days';

const parts = (day: Day): [string, string, string] => day.split('-') as [string, string, string];

/** `15/11/2022` */
export const shortDay = (day: Day): string => parts(day).reverse().join('/');

/** `ngày 05 tháng 02 năm 2023`: by the habits of Decree 30/2020, days below 10 and the months 1 and 2 carry a zero, other months do not. */
export function longDay(day: Day): string {
  const [y, m, d] = parts(day);
  return `ngày ${d} tháng ${Number(m) <= 2 ? m : Number(m)} năm ${y}`;
}

/** Place and date as they stand over the signature. */
export const dateLine = (place: string, day: Day): string => `${place}, ${longDay(day)}`;
