import { shortDay } from '../papers/paper-text.rules.ts';
import { REASON_WORDS } from '../register/reason-words.ts';
import type { Found } from './verification.queries.ts';
import type { ChainStep, Outcome } from './verification.service.ts';

/** Server-rendered and in Vietnamese only, with an English gloss for each outcome: a stranger opens it from a paper, without a language setting. */
const TEXT = {
  title: 'Kiểm tra giấy chứng nhận',
  lead: 'Gõ số vào sổ và họ tên như in trên giấy. Không cần gõ dấu.',
  number: 'Số vào sổ', numberHint: 'Ví dụ: 0147/2026/GCN-PN, in ở góc dưới bên trái', name: 'Họ và tên', check: 'Kiểm tra',
  holder: 'Họ và tên', course: 'Khóa học', hours: 'giờ', registerNo: 'Số vào sổ', issuedOn: 'Ngày cấp', issuer: 'Nơi cấp', state: 'Tình trạng', validUntil: 'Có giá trị đến',
  compare: 'So tên, số và ngày với tờ giấy. Nếu khác nhau, giấy không phải do chúng tôi cấp như vậy.', call: 'Gọi', checkedAt: 'Kiểm tra lúc',
  chain: 'Ai đã tập huấn cho ai', taughtBy: 'Giảng viên', guest: 'giảng viên do ban tổ chức mời', thenInForce: 'giấy chứng nhận giảng viên còn hiệu lực ngày mở lớp', thenNot: 'giấy chứng nhận giảng viên không còn hiệu lực ngày mở lớp', sinceRevoked: 'đã thu hồi sau đó',
  corrected: 'Đã đính chính ngày', report: 'Báo giấy nghi giả', host: 'Chỉ tin khi địa chỉ trên trình duyệt là', where: 'Số vào sổ in ở đây', compareTitle: 'So ba chỗ này với tờ giấy',
  reportLead: 'Cho biết giấy ghi gì và thấy ở đâu. Không hỏi tên, không lưu ai báo.', reportSeen: 'Thấy giấy ở đâu?', reportMessage: 'Vì sao nghi là giả?', send: 'Gửi', thanks: 'Đã nhận. Văn phòng giữ sổ sẽ xem.', thanksMore: 'Muốn được trả lời, gọi',
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

const esc = (t: string): string => t.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
const STYLE = `*{box-sizing:border-box}body{margin:0;background:#FAF9F6;color:#1B1F27;font:18px/1.6 system-ui,Roboto,"Noto Sans",sans-serif}
header{background:#1C2749;color:#fff;padding:14px 16px;font-weight:700}header:after{content:"";display:block;position:relative;top:14px;margin:0 -16px;height:4px;background:linear-gradient(90deg,#C2583B 62%,#E9A820 62% 74%,#fff 74% 78%,#C2583B 78%)}
main{max-width:640px;margin:0 auto;padding:24px 16px 48px}.o,.card{border-radius:12px;padding:16px;margin-bottom:16px}.o{border:2px solid}.o h1{margin:0;font-size:22px;line-height:1.4}.o p{margin:4px 0 0}
.ok{background:#E1F3E8;border-color:#17603F;color:#124A36}.bad{background:#FCE7E9;border-color:#9C1C2B;color:#9C1C2B}.warn{background:#FDF1D2;border-color:#6B4300;color:#6B4300}.none{background:#F2F1ED;border-color:#868E9C}.info{background:#E4EAF7;border-color:#2C427F;color:#243463}
.card{background:#fff;border:1px solid #DFE2E8}dl{margin:0}dt{color:#525A68;font-size:16px}dd{margin:0 0 12px;font-weight:700}h2{font-size:20px;line-height:1.4;margin:0 0 8px}ol{margin:0;padding-left:20px}li{margin-bottom:12px}small,.s{font-size:16px;color:#525A68}
label{display:block;font-weight:700;margin:16px 0 4px}input{width:100%;font:inherit;padding:12px;border:2px solid #868E9C;border-radius:8px;background:#fff}button{width:100%;min-height:56px;margin-top:24px;border:0;border-radius:12px;background:#2C427F;color:#fff;font:inherit;font-weight:700}
.t{font-size:24px;line-height:1.4;margin:0}.g{display:none}textarea{width:100%;font:inherit;padding:12px;border:2px solid #868E9C;border-radius:8px;min-height:96px}@media(min-width:1000px){main{max-width:1040px}.w{display:grid;grid-template-columns:640px 1fr;gap:32px;align-items:start}.g{display:block}}svg{width:100%;height:auto;background:#fff;border:1px solid #DFE2E8;border-radius:12px}
:focus-visible{outline:3px solid #FFB800;box-shadow:0 0 0 5px #1B1F27}a{color:#2C427F}`;

const shell = (title: string, main: string): string =>
  `<!doctype html><html lang="vi"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex"><title>${esc(title)}</title><style>${STYLE}</style></head><body><header>${TEXT.title}</header><main>${main}</main></body></html>`;

/** A drawing of the paper: the places to compare, or where the number stands. */
const drawing = (marks: boolean): string =>
  `<svg viewBox="0 0 297 210" role="img" aria-label="${marks ? TEXT.compareTitle : TEXT.where}"><rect x="8" y="8" width="281" height="194" fill="none" stroke="#8C3622"/><g fill="#DFE2E8"><rect x="30" y="20" width="90" height="6"/><rect x="170" y="20" width="96" height="6"/><rect x="90" y="44" width="117" height="10"/><rect x="60" y="108" width="177" height="5"/><rect x="80" y="120" width="137" height="5"/><rect x="190" y="150" width="70" height="5"/><rect x="24" y="160" width="30" height="30" fill="#868E9C"/></g><rect x="70" y="74" width="157" height="16" fill="${marks ? '#FDF1D2' : '#DFE2E8'}" stroke="${marks ? '#6B4300' : 'none'}"/><rect x="60" y="170" width="70" height="8" fill="#FDF1D2" stroke="#6B4300"/>${marks ? '<rect x="190" y="140" width="70" height="8" fill="#FDF1D2" stroke="#6B4300"/><text x="76" y="86" font-size="11">1</text><text x="63" y="177" font-size="8">2</text><text x="193" y="147" font-size="8">3</text>' : ''}</svg>`;

/** The empty form. */
export const formPage = (host: string): string =>
  shell(TEXT.title, `<h1 class="t">${TEXT.title}</h1><div class="w"><div><p>${TEXT.lead}</p><form method="get" action="/kiem-tra">
<label for="so">${TEXT.number}</label><input id="so" name="so" required maxlength="60" autocomplete="off"><small>${TEXT.numberHint}</small>
<label for="ten">${TEXT.name}</label><input id="ten" name="ten" required maxlength="120" autocomplete="off"><button>${TEXT.check}</button></form></div><div>${drawing(false)}<p class="s">${TEXT.where}</p></div></div>${foot(host)}`);

/** The form for a suspected forgery, and the thanks after it. */
export const forgeryPage = (host: string, o: { number: string } | { phone: string | null }): string =>
  shell(TEXT.report, 'number' in o
    ? `<h1 class="t">${TEXT.report}</h1><p>${TEXT.reportLead}</p><form method="post" action="/kiem-tra/nghi-gia"><label for="so">${TEXT.number}</label><input id="so" name="so" maxlength="60" value="${esc(o.number)}" autocomplete="off"><label for="ten">${TEXT.name}</label><input id="ten" name="ten" maxlength="120" autocomplete="off">
<label for="noi">${TEXT.reportSeen}</label><input id="noi" name="noi" maxlength="200" autocomplete="off"><label for="viec">${TEXT.reportMessage}</label><textarea id="viec" name="viec" maxlength="1000" required></textarea><button>${TEXT.send}</button></form>${foot(host)}`
    : `<div class="o ok" role="status"><h1>${TEXT.thanks}</h1>${o.phone ? `<p>${TEXT.thanksMore} ${esc(o.phone)}.</p>` : ''}</div>${foot(host)}`);

const foot = (host: string): string => `<p class="s">${TEXT.host} <b>${esc(host)}</b>.</p><p><a href="/kiem-tra">${TEXT.title}</a> · <a href="/kiem-tra/nghi-gia">${TEXT.report}</a></p>`;

function explanation(o: Outcome): string {
  if (o.kind === 'not-found') return `Xem lại số và tên. Nếu vẫn không thấy, ${o.phone ? `gọi ${esc(o.phone)}` : 'hỏi nơi cấp giấy'}.`;
  if (o.kind === 'unavailable') return 'Giấy chưa bị coi là sai. Thử lại sau ít phút.';
  if (o.kind === 'too-many') return `Chờ ${o.minutes} phút rồi thử lại.`;
  const last = o.found.later.at(-1);
  if (o.kind === 'in-force') return `Có trong sổ cấp của ${esc(o.found.issuer)}.`;
  if (o.kind === 'expired') return `Hết hiệu lực từ ${shortDay(o.found.validUntil)}. Giấy là thật.`;
  // Only the kind of the reason is said, never a story.
  if (o.kind === 'revoked') return `Thu hồi ngày ${shortDay(last?.issuedOn ?? o.found.issuedOn)}${REASON_WORDS[last?.reason ?? ''] ? `: ${REASON_WORDS[last?.reason ?? '']}` : ''}.`;
  return `Đã thay bằng số <a href="/v/${esc(last?.token ?? '')}">${esc(last?.registerNo ?? '')}</a>${last?.reason === 'renewal' ? ' (gia hạn)' : ''}.`;
}

function step(s: ChainStep): string {
  const trainers = s.trainers.map((t) => {
    const paper = t.registerNo ? `${esc(t.registerNo)}, ${t.stateThen === 'in-force' ? TEXT.thenInForce : TEXT.thenNot}${t.stateNow === 'revoked' ? `; ${TEXT.sinceRevoked}` : ''}` : TEXT.guest;
    return `<b>${esc(t.name)}</b>${t.body ? ` (${esc(t.body)})` : ''}: ${paper}`;
  });
  return `<li><b>${esc(s.class.title)}</b>, ${esc(s.class.unitName)}, ${shortDay(s.class.from)}–${shortDay(s.class.until)}<br><span class="s">${TEXT.taughtBy}: ${trainers.join('; ')}</span></li>`;
}

function details(o: Outcome): string {
  if (!('found' in o)) return '';
  const f: Found = o.found;
  const rows: [string, string][] = [[TEXT.holder, f.holderName], [TEXT.course, `${f.title}, ${String(f.hours).replace('.', ',')} ${TEXT.hours}`], [TEXT.registerNo, f.registerNo], [TEXT.issuedOn, shortDay(f.issuedOn)], [TEXT.issuer, f.issuer], [TEXT.validUntil, shortDay(f.validUntil)], [TEXT.state, OUTCOMES[o.kind].title], ...(f.correctedOn ? [[TEXT.corrected, shortDay(f.correctedOn)] as [string, string]] : [])];
  return `<div class="w"><div><div class="card"><dl>${rows.map(([k, v]) => `<dt>${k}</dt><dd>${esc(v)}</dd>`).join('')}</dl></div>
<div class="card"><h2>${TEXT.chain}</h2><ol>${o.chain.map(step).join('')}</ol></div><p>${TEXT.compare}${f.phone ? ` ${TEXT.call} ${esc(f.phone)}.` : ''}</p><p class="s">${TEXT.checks}</p></div><div class="g"><h2>${TEXT.compareTitle}</h2>${drawing(true)}</div></div>`;
}

/** One of the outcomes, each with its own words and ground. Never phone, birth year, ethnic group, village or score of the holder. */
export function resultPage(o: Outcome, checkedAt: Date, host: string): string {
  const look = OUTCOMES[o.kind];
  const time = TIME.format(checkedAt);
  return shell(look.title, `<div class="o ${look.ground}" role="status"><h1><span aria-hidden="true">${look.icon}</span> ${look.title}</h1><p>${explanation(o)}</p><p lang="en"><small>${look.english}</small></p></div>${details(o)}<p class="s">${TEXT.checkedAt} ${time}</p>${foot(host)}`);
}

const TIME = new Intl.DateTimeFormat('vi-VN', { timeZone: 'Asia/Ho_Chi_Minh', hour: '2-digit', minute: '2-digit', day: '2-digit', month: '2-digit', year: 'numeric' });
