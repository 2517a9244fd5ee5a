/** The box of an element in CSS pixels; null before it is known. */
import { useEffect, useState } from 'react';

export const useBox = (): [React.RefCallback<HTMLElement>, { width: number; height: number } | null] => {
  const [box, setBox] = useState<{ width: number; height: number } | null>(null);
  const [element, setElement] = useState<HTMLElement | null>(null);
  useEffect(() => {
    if (element === null) return;
    const observer = new ResizeObserver((entries) => {
      const size = entries.at(-1)?.contentRect;
      if (size !== undefined) setBox({ width: size.width, height: size.height });
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [element]);
  return [setElement, box];
};
