import { safeXml } from './sanitize.ts';

/** An element of an XML document; an attribute that is undefined is left out. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string | number | undefined>>;
  /** Text, or elements. */
  readonly content?: string | readonly Element[];
}

/** An XML 1.0 document, an element a line; foreign text in it stays text. */
export function xmlDocument(root: Element): string {
  const lines = ['<?xml version="1.0" encoding="UTF-8"?>'];
  write(root, '', lines);
  return `${lines.join('\n')}\n`;
}

function write({ name, attributes, content = '' }: Element, indent: string, lines: string[]): void {
  let tag = name;
  for (const [key, value] of Object.entries(attributes))
    if (value !== undefined)
      tag += ` ${key}="${escaped(String(value)).replace(/[\t\n\r]/g, characterReference)}"`;
  if (content.length === 0) lines.push(`${indent}<${tag}/>`);
  else if (typeof content === 'string') lines.push(`${indent}<${tag}>${escaped(content)}</${name}>`);
  else {
    lines.push(`${indent}<${tag}>`);
    for (const child of content) write(child, `${indent}  `, lines);
    lines.push(`${indent}</${name}>`);
  }
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escaped(text: string): string {
  return safeXml(text.replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? ''));
}

function characterReference(character: string): string {
  return `&#${character.charCodeAt(0)};`;
}
