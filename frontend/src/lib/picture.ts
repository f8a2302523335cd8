const WIDEST = 720;
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
