import { t } from '../lib/i18n.ts';
import { useNewVersion } from '../lib/new-version.ts';

/** Says that there is a newer app; only on pages where nothing is under way. */
export function NewVersionBar() {
  const take = useNewVersion();
  return take && <div className="notice version" role="status"><span>{t('version.new')}</span><button type="button" className="btn second" onClick={take}>{t('version.take')}</button></div>;
}
