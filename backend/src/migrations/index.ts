import { CreateTables1795478400000 } from './20261124000000-create-tables.ts';
import { AddLearning1795689600000 } from './20261126120000-add-learning.ts';
import { AddClasses1795718400000 } from './20261126200000-add-classes.ts';
import { AddUnitChanges1795734000000 } from './20261126230000-add-unit-changes.ts';
import { AddCascadeSums1795741200000 } from './20261127010000-add-cascade-sums.ts';
import { AddPlaces1795744800000 } from './20261127020000-add-places.ts';
import { AddIndicatorSets1795748400000 } from './20261127030000-add-indicator-sets.ts';
import { AddCertificates1795755600000 } from './20261127050000-add-certificates.ts';
import { AddCascadeYears1795759200000 } from './20261127060000-add-cascade-years.ts';
import { RebuildPostingRule1795762800000 } from './20261127070000-rebuild-posting-rule.ts';
import { AddSync1795766400000 } from './20261127080000-add-sync.ts';
import { KeepRefusedOperations1795773600000 } from './20261127100000-keep-refused-operations.ts';
import { AddRefreshers1795777200000 } from './20261127110000-add-refreshers.ts';
import { AddReminders1795780800000 } from './20261127120000-add-reminders.ts';
import { AddHub1795784400000 } from './20261127130000-add-hub.ts';
import { NoteRefreshers1795788000000 } from './20261127140000-note-refreshers.ts';
import { AddBackups1795791600000 } from './20261127150000-add-backups.ts';
import { AddAuditSeals1795795200000 } from './20261127160000-add-audit-seals.ts';
import { AddSecondStep1795798800000 } from './20261127170000-add-second-step.ts';
import { AddPrivacy1795802400000 } from './20261127180000-add-privacy.ts';
import { SealEthnicity1795806000000 } from './20261127190000-seal-ethnicity.ts';
import { AddIncidents1795809600000 } from './20261127200000-add-incidents.ts';

/** In the order in which they run. A migration that was published is never edited. */
export const migrations = [CreateTables1795478400000, AddLearning1795689600000, AddClasses1795718400000, AddUnitChanges1795734000000, AddCascadeSums1795741200000, AddPlaces1795744800000, AddIndicatorSets1795748400000, AddCertificates1795755600000, AddCascadeYears1795759200000, RebuildPostingRule1795762800000, AddSync1795766400000, KeepRefusedOperations1795773600000, AddRefreshers1795777200000, AddReminders1795780800000, AddHub1795784400000, NoteRefreshers1795788000000, AddBackups1795791600000, AddAuditSeals1795795200000, AddSecondStep1795798800000, AddPrivacy1795802400000, SealEthnicity1795806000000, AddIncidents1795809600000];
