export { PushDevice, PushKey, Reminder, ReminderChoice, ReminderTemplate } from './notification.entity.ts';
export { NotificationsModule } from './notifications.module.ts';
export { RemindersService } from './reminders.service.ts';
