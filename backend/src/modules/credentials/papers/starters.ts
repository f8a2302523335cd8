import type { Layout, Zone } from '@lantoa/shared/templates';

const zone = (x: number, y: number, width: number, height: number, size: number, align: Zone['align'] = 'center'): Zone => ({ x, y, width, height, size, align });

const framed: Layout = {
  mode: 'full', frame: 'double', colour: '#8C3622', heading: 'GIẤY CHỨNG NHẬN', lead: 'chứng nhận', body: '{unit}\nđã hoàn thành chương trình\n*{course}*\nThời lượng {hours} giờ, từ ngày {from} đến ngày {until}',
  zones: {
    agency: zone(20, 17, 112, 20, 12), national: zone(156, 17, 122, 20, 12), title: zone(30, 39, 237, 24, 30), name: zone(30, 63, 237, 33, 34), body: zone(30, 98, 237, 43, 15),
    date: zone(166, 142, 111, 9, 13), signature: zone(166, 151, 111, 43, 13), numbers: zone(58, 158, 105, 36, 11, 'left'), qr: zone(22, 163, 31, 31, 8),
  },
  signature: null, seal: null,
};

/** Three layouts to begin with: a frame; without one, in blue; and what is filled in on paper with the rest printed on it. */
export const STARTERS: readonly { starter: string; name: string; layout: Layout }[] = [
  { starter: 'framed', name: 'Khung viền', layout: framed },
  { starter: 'plain', name: 'Trang nhã', layout: { ...framed, frame: 'none', colour: '#2C427F' } },
  { starter: 'overprint', name: 'In lên phôi có sẵn', layout: { ...framed, mode: 'overprint', frame: 'none' } },
];
