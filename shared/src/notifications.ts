import { z } from 'zod';
import { Empty, endpoint, Id, listOf, Paragraph } from './endpoint.ts';
import { OUTSIDE, reminderChannels, reminderStages } from './rules/reminders.ts';

/** How somebody wants to be reminded. `pushKey`: what a browser needs to be pushed to (VAPID). */
export const getReminderChoice = endpoint({ name: 'notifications.getReminderChoice', method: 'GET', path: '/reminders/choice', response: z.object({ allowed: z.boolean(), email: z.string().nullable(), mailGoesOut: z.boolean(), pushKey: z.string() }) });
export const saveReminderChoice = endpoint({ name: 'notifications.saveReminderChoice', method: 'PUT', path: '/reminders/choice', body: z.object({ allowed: z.boolean(), email: z.email().max(120).nullable() }), response: Empty });
/** A browser that may be pushed to, as its own push service has made it (RFC 8030, RFC 8291). */
export const addPushDevice = endpoint({ name: 'notifications.addPushDevice', method: 'POST', path: '/push-devices', body: z.object({ endpoint: z.url().max(600), p256dh: z.string().max(120), auth: z.string().max(60) }), response: Empty });
export const removePushDevice = endpoint({ name: 'notifications.removePushDevice', method: 'POST', path: '/push-devices/removals', body: z.object({ endpoint: z.url().max(600) }), response: Empty });

const Stage = z.enum(reminderStages);
const Outside = z.enum(reminderChannels).extract(OUTSIDE as ['push', 'gateway', 'email']);
/** The words of reminders: `{n}` questions, `{title}`, `{day}`, `{link}`. */
export const listTemplates = endpoint({ name: 'notifications.listTemplates', method: 'GET', path: '/reminder-templates', response: listOf(z.object({ stage: Stage, channel: Outside, text: z.string(), own: z.boolean() })).extend({ mayEdit: z.boolean() }) });
export const saveTemplate = endpoint({ name: 'notifications.saveTemplate', method: 'PUT', path: '/reminder-templates/:stage/:channel', params: z.object({ stage: Stage, channel: Outside }), body: z.object({ text: Paragraph(600).pipe(z.string().min(10)) }), response: Empty });
/** How the reminders of a campaign went out, channel by channel. */
export const countReminders = endpoint({ name: 'notifications.countReminders', method: 'GET', path: '/campaigns/:campaignId/reminders', params: z.object({ campaignId: Id }), response: listOf(z.object({ channel: z.enum(reminderChannels), sent: z.int(), waiting: z.int(), failed: z.int() })) });
