import { addPicture, mediaAddress } from '@lantoa/shared/curriculum';
import { Button, FileButton, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { call } from '../lib/api.ts';
import { base64Of } from '../lib/base64.ts';
import { t } from '../lib/i18n.ts';
import { smallerPicture } from '../lib/picture.ts';
import { ProblemAlert } from './staff-parts.tsx';

interface Picture { file: string; alt: string }
interface Props { courseSlug: string; picture: Picture | null; off: boolean; onChange: (p: Picture | null) => void; /** Shows the picture here, where no preview stands beside the form. */ shown?: boolean; children?: ReactNode }

/** A picture of a card, a question or an option: added, changed or taken away, and told in words. `children` stand before its buttons. */
export function PictureField({ courseSlug, picture, off, onChange, shown = false, children }: Props) {
  const upload = useMutation({
    mutationFn: async (file: File) => call(addPicture, { params: { courseSlug }, body: { contentBase64: await base64Of(await smallerPicture(file)) } }),
    onSuccess: ({ file }) => onChange({ file, alt: picture?.alt ?? '' }),
  });
  return (
    <>
      {shown && picture && <img src={mediaAddress(courseSlug, picture.file)} alt={picture.alt} style={{ maxWidth: 200, maxHeight: 130 }} />}
      {!off && <div className="row-s">
        {children}
        <FileButton accept="image/svg+xml,image/png,image/jpeg,image/webp" onChange={(f) => f && upload.mutate(f)}>{(props) => <Button {...props} size="compact-md" variant="outline" loading={upload.isPending}>{t(picture ? 'editor.otherPicture' : 'editor.picture')}</Button>}</FileButton>
        {picture && <Button size="compact-md" variant="default" onClick={() => onChange(null)}>{t('editor.noPicture')}</Button>}
      </div>}
      <ProblemAlert of={upload} />
      {picture && <TextInput label={t('editor.alt')} value={picture.alt} disabled={off} onChange={(e) => onChange({ ...picture, alt: e.currentTarget.value })} />}
    </>
  );
}
