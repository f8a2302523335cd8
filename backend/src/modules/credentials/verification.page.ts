import type { EntryState } from '@lantoa/shared/credentials';
import type { ChainStep } from './chain.service.ts';
import { shortDay } from './paper-text.rules.ts';
import type { RegisterEntry } from './register.entity.ts';

export type Outcome =
  | { kind: EntryState; entry: RegisterEntry; issuer: string; phone: string | null; later: { on: string; registerNo: string | null } | null; chain: ChainStep[] }
  | { kind: 'not-found'; phone: string | null }
  | { kind: 'unavailable' }
  | { kind: 'too-many'; minutes: number };

/** Server-rendered and in Vietnamese only, with an English gloss for each outcome: a stranger opens it from a paper, without a language setting. */
const TEXT = {
  title: 'Kiểm tra giấy chứng nhận',
  lead: 'Gõ số vào sổ và họ tên như in trên giấy. Không cần gõ dấu.',
  number: 'Số vào sổ', numberHint: 'Ví dụ: 0147/2026/GCN-PN, in ở góc dưới bên trái', name: 'Họ và tên', check: 'Kiểm tra',
  holder: 'Họ và tên', course: 'Khóa học', hours: 'giờ', registerNo: 'Số vào sổ', issuedOn: 'Ngày cấp', issuer: 'Nơi cấp', state: 'Tình trạng', validUntil: 'Có giá trị đến',
  compare: 'So tên, số và ngày với tờ giấy. Nếu khác nhau, giấy không phải do chúng tôi cấp như vậy.', call: 'Gọi', checkedAt: 'Kiểm tra lúc',
  chain: 'Ai đã tập huấn cho ai', taughtBy: 'Giảng viên', guest: 'giảng viên do ban tổ chức mời', thenInForce: 'giấy chứng nhận giảng viên còn hiệu lực ngày mở lớp', thenNot: 'giấy chứng nhận giảng viên không còn hiệu lực ngày mở lớp', sinceRevoked: 'đã thu hồi sau đó',
  checks: 'Bốn điều đã kiểm tra: có trong sổ · nội dung khớp · chưa bị thu hồi · còn hạn.',
};
const OUTCOMES: Record<Outcome['kind'], { icon: string; ground: 'ok' | 'bad' | 'warn' | 'none' | 'info'; title: string; english: string }> = {
  'in-force': { icon: '✓', ground: 'ok', title: 'Giấy chứng nhận hợp lệ', english: 'Genuine and in force' },
  revoked: { icon: '✕', ground: 'bad', title: 'Đã thu hồi', english: 'Revoked' },
  replaced: { icon: '↻', ground: 'warn', title: 'Đã thay bằng giấy khác', english: 'Replaced by another certificate' },
  expired: { icon: '⌛', ground: 'warn', title: 'Hết hiệu lực', english: 'Genuine, but no longer in force' },
  'not-found': { icon: '?', ground: 'none', title: 'Không tìm thấy trong sổ cấp', english: 'Not in the register' },
  unavailable: { icon: '⚠', ground: 'info', title: 'Chưa kiểm tra được lúc này', english: 'Cannot check right now' },
  'too-many': { icon: '⛔', ground: 'info', title: 'Thử quá nhiều lần', english: 'Too many tries' },
};

const esc = (s: string): string => s.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
const STYLE = `*{box-sizing:border-box}body{margin:0;background:#FAF9F6;color:#1B1F27;font:18px/1.6 system-ui,Roboto,"Noto Sans",sans-serif}
header{background:#1C2749;color:#fff;padding:14px 16px;font-weight:700}header:after{content:"";display:block;position:relative;top:14px;margin:0 -16px;height:4px;background:linear-gradient(90deg,#C2583B 62%,#E9A820 62% 74%,#fff 74% 78%,#C2583B 78%)}
main{max-width:640px;margin:0 auto;padding:24px 16px 48px}.o,.card{border-radius:12px;padding:16px;margin-bottom:16px}.o{border:2px solid}.o h1{margin:0;font-size:22px;line-height:1.4}.o p{margin:4px 0 0}
.ok{background:#E1F3E8;border-color:#17603F;color:#124A36}.bad{background:#FCE7E9;border-color:#9C1C2B;color:#9C1C2B}.warn{background:#FDF1D2;border-color:#6B4300;color:#6B4300}.none{background:#F2F1ED;border-color:#868E9C}.info{background:#E4EAF7;border-color:#2C427F;color:#243463}
.card{background:#fff;border:1px solid #DFE2E8}dl{margin:0}dt{color:#525A68;font-size:16px}dd{margin:0 0 12px;font-weight:700}h2{font-size:20px;line-height:1.4;margin:0 0 8px}ol{margin:0;padding-left:20px}li{margin-bottom:12px}small,.s{font-size:16px;color:#525A68}
label{display:block;font-weight:700;margin:16px 0 4px}input{width:100%;font:inherit;padding:12px;border:2px solid #868E9C;border-radius:8px;background:#fff}button{width:100%;min-height:56px;margin-top:24px;border:0;border-radius:12px;background:#2C427F;color:#fff;font:inherit;font-weight:700}
:focus-visible{outline:3px solid #FFB800;box-shadow:0 0 0 5px #1B1F27}a{color:#2C427F}`;

const shell = (title: string, main: string): string =>
  `<!doctype html><html lang="vi"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex"><title>${esc(title)}</title><style>${STYLE}</style></head><body><header>${TEXT.title}</header><main>${main}</main></body></html>`;

/** The empty form. */
export const formPage = (): string =>
  shell(TEXT.title, `<h1 style="font-size:24px;line-height:1.4;margin:0">${TEXT.title}</h1><p>${TEXT.lead}</p><form method="get" action="/kiem-tra">
<label for="so">${TEXT.number}</label><input id="so" name="so" required maxlength="60" autocomplete="off"><small>${TEXT.numberHint}</small>
<label for="ten">${TEXT.name}</label><input id="ten" name="ten" required maxlength="120" autocomplete="off"><button>${TEXT.check}</button></form>`);

function explanation(o: Outcome): string {
  if (o.kind === 'not-found') return `Xem lại số và tên. Nếu vẫn không thấy, ${o.phone ? `gọi ${esc(o.phone)}` : 'hỏi nơi cấp giấy'}.`;
  if (o.kind === 'unavailable') return 'Giấy chưa bị coi là sai. Thử lại sau ít phút.';
  if (o.kind === 'too-many') return `Chờ ${o.minutes} phút rồi thử lại.`;
  if (o.kind === 'in-force') return `Có trong sổ cấp của ${esc(o.issuer)}.`;
  if (o.kind === 'expired') return `Hết hiệu lực từ ${shortDay(o.entry.validUntil)}. Giấy là thật.`;
  if (o.kind === 'revoked') return `Thu hồi ngày ${shortDay(o.later?.on ?? o.entry.issuedOn)}.`;
  return `Đã thay bằng số ${esc(o.later?.registerNo ?? '')}.`;
}

function step(s: ChainStep): string {
  const trainers = s.trainers.map((t) => {
    const paper = t.registerNo ? `${esc(t.registerNo)}, ${t.stateThen === 'in-force' ? TEXT.thenInForce : TEXT.thenNot}${t.stateNow === 'revoked' ? `; ${TEXT.sinceRevoked}` : ''}` : TEXT.guest;
    return `<b>${esc(t.name)}</b>${t.body ? ` (${esc(t.body)})` : ''}: ${paper}`;
  });
  return `<li><b>${esc(s.class.title)}</b>, ${esc(s.class.unitName)}, ${shortDay(s.class.from)}–${shortDay(s.class.until)}<br><span class="s">${TEXT.taughtBy}: ${trainers.join('; ')}</span></li>`;
}

function details(o: Outcome): string {
  if (!('entry' in o)) return '';
  const e = o.entry;
  const rows: [string, string][] = [[TEXT.holder, e.holderName], [TEXT.course, `${e.title}, ${e.hours} ${TEXT.hours}`], [TEXT.registerNo, e.registerNo ?? ''], [TEXT.issuedOn, shortDay(e.issuedOn)], [TEXT.issuer, o.issuer], [TEXT.validUntil, shortDay(e.validUntil)], [TEXT.state, OUTCOMES[o.kind].title]];
  return `<div class="card"><dl>${rows.map(([k, v]) => `<dt>${k}</dt><dd>${esc(v)}</dd>`).join('')}</dl></div>
<div class="card"><h2>${TEXT.chain}</h2><ol>${o.chain.map(step).join('')}</ol></div><p>${TEXT.compare}${o.phone ? ` ${TEXT.call} ${esc(o.phone)}.` : ''}</p><p class="s">${TEXT.checks}</p>`;
}

/** One of the outcomes, each with its own words and ground. Never phone, birth year, ethnic group, village or score of the holder. */
export function resultPage(o: Outcome, checkedAt: Date): string {
  const look = OUTCOMES[o.kind];
  const time = new Intl.DateTimeFormat('vi-VN', { timeZone: 'Asia/Ho_Chi_Minh', hour: '2-digit', minute: '2-digit', day: '2-digit', month: '2-digit', year: 'numeric' }).format(checkedAt);
  return shell(look.title, `<div class="o ${look.ground}" role="status"><h1><span aria-hidden="true">${look.icon}</span> ${look.title}</h1><p>${explanation(o)}</p><p lang="en"><small>${look.english}</small></p></div>${details(o)}<p class="s">${TEXT.checkedAt} ${time}</p><p><a href="/kiem-tra">${TEXT.title}</a></p>`);
}
