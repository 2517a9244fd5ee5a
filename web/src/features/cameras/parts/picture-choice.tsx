/** Chooses a picture of this machine and hands it over as base64. The keyboard reaches it as any button. */
import { useId } from 'react';
import { base64Of } from '../file-base64.ts';

export const PictureChoice = ({ text, disabled = false, accept = 'image/jpeg,image/png', chosen }: { text: string; disabled?: boolean; accept?: string; chosen: (base64: string, fileName: string) => void }) => {
  const id = useId();
  return (
    <span className="camera-file">
      <input id={id} className="only-read" type="file" accept={accept} disabled={disabled} onChange={(event) => {
        const file = event.target.files?.[0];
        if (file !== undefined) void base64Of(file).then((base64) => chosen(base64, file.name));
        event.target.value = '';
      }} />
      <label htmlFor={id}>{text}</label>
    </span>
  );
};
