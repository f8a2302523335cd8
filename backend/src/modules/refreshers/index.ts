export { CampaignsService } from './campaigns.service.ts';
export { DailyPlan } from './daily-plan.ts';
export { MemoryService } from './memory.service.ts';
export { Campaign, CampaignMove, QuestionMemory, Refresher, RefresherCall, ReviewedAttempt } from './refresher.entity.ts';
export { RefreshersModule } from './refreshers.module.ts';
export { RefreshersService } from './refreshers.service.ts';
