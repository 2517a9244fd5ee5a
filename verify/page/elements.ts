/** Elements from words and nothing else: text is never read as markup. */
export type Child = Node | string | null;

export const element = <K extends keyof HTMLElementTagNameMap>(tag: K, attributes: Readonly<Record<string, string>> = {}, ...children: readonly Child[]): HTMLElementTagNameMap[K] => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  for (const child of children) if (child !== null) made.append(child);
  return made;
};

/** A list of facts: term and what it is. */
export const factList = (rows: readonly (readonly [term: string, value: Child])[]): HTMLElement =>
  element('dl', {}, ...rows.flatMap(([term, value]) => [element('dt', {}, term), element('dd', {}, value)]));
