const WIDEST = 720;
/** A signed sheet must stay readable. */
const SHEET_WIDEST = 1800;
const SHEET_BYTES = 300_000;
const LIGHT_BYTES = 60_000;

/** A photo made small enough for a phone: at most 720 pixels wide, WebP. A drawing, and what is light already, stays as it is. */
export async function smallerPicture(file: Blob): Promise<Blob> {
  if (file.type === 'image/svg+xml' || file.size <= LIGHT_BYTES) return file;
  try {
    const image = await createImageBitmap(file);
    const scale = Math.min(1, WIDEST / image.width);
    const canvas = new OffscreenCanvas(Math.round(image.width * scale), Math.round(image.height * scale));
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    const made = await canvas.convertToBlob({ type: 'image/webp', quality: 0.8 });
    return made.size < file.size ? made : file;
  } catch {
    // Not a picture for this browser: the server says in words what is wrong with it.
    return file;
  }
}

/** A photo of a paper, readable and at most 300 KB where that can be; a PDF and what is light already stay as they are. */
export async function lighterPhoto(file: Blob): Promise<Blob> {
  if (!file.type.startsWith('image/') || file.size <= SHEET_BYTES) return file;
  try {
    const image = await createImageBitmap(file);
    let made: Blob = file;
    for (let widest = SHEET_WIDEST; made.size > SHEET_BYTES && widest > 600; widest *= 0.8) {
      const scale = Math.min(1, widest / Math.max(image.width, image.height));
      const canvas = new OffscreenCanvas(Math.round(image.width * scale), Math.round(image.height * scale));
      canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
      made = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.7 });
    }
    return made.size < file.size ? made : file;
  } catch {
    return file;
  }
}
