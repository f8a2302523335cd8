import { day, todayHere } from '../../../lib/format.ts';
import { currentLanguage, t } from '../../../lib/i18n.ts';

/** A plain calendar of the month: where the quick exit leads. It says nothing of this app's lessons. */
export default function CalendarPage() {
  const today = todayHere();
  const [year, month] = today.split('-').map(Number) as [number, number];
  const first = (new Date(Date.UTC(year, month - 1, 1)).getUTCDay() + 6) % 7;
  const days = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const names = Array.from({ length: 7 }, (_, i) => new Intl.DateTimeFormat(currentLanguage() === 'en' ? 'en-GB' : 'vi-VN', { weekday: 'short', timeZone: 'UTC' }).format(new Date(Date.UTC(2024, 0, 1 + i))));
  return (
    <main className="page">
      <h1>{t('calendar.month', { month, year })}</h1>
      <div className="month">{names.map((n) => <strong key={n}>{n}</strong>)}{Array.from({ length: first }, (_, i) => <span key={`x${i}`} />)}{Array.from({ length: days }, (_, i) => <span key={i} aria-current={Number(today.slice(8)) === i + 1 ? 'date' : undefined}>{i + 1}</span>)}</div>
      <p className="lead">{t('calendar.today', { day: day(today) })}</p>
    </main>
  );
}
