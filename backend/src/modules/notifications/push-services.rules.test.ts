import { isPushService } from './push-services.rules.ts';

test.each([
  ['https://fcm.googleapis.com/fcm/send/abc', true], ['https://updates.push.services.mozilla.com/wpush/v2/x', true], ['https://wns2-par02p.notify.windows.com/w/?token=x', true], ['https://web.push.apple.com/x', true],
  ['http://fcm.googleapis.com/fcm/send/abc', false], ['https://fcm.googleapis.com.evil.vn/x', false], ['https://fcm.googleapis.com:8443/x', false], ['https://fcm.googleapis.com@127.0.0.1/x', false], ['https://127.0.0.1/x', false], ['https://localhost/x', false], ['không phải địa chỉ', false],
])('%s: %s', (endpoint, is) => expect(isPushService(endpoint)).toBe(is));
