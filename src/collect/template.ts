import type { Format, TemplateLanguage } from '../evidence/source.ts';

/** Names that a folder holds in the place of the real thing. */
const TEMPLATE_NAME = /\.(?:j2|jinja2?|erb|epp|c?tmpl|gotmpl|tpl|tftpl|template|envsubst|mustache)$/i;

export function isTemplate(name: string): boolean {
  return TEMPLATE_NAME.test(name);
}

/** The name of what a template becomes: `keepalived.conf` of `keepalived.conf.j2`. */
export function renderedName(path: string): string {
  return path.replace(TEMPLATE_NAME, '');
}

/** Formats whose templates are followed; of the others it is said that somebody has to render them first. */
export const FOLLOWED: ReadonlySet<Format> = new Set(['keepalived.conf', 'sysctl']);

const JINJA = /\{%[-+]?[ \t]*\w[^\n]{0,500}?%\}|\{#[\s\S]{0,2000}?#\}/;
const ERB = /<%[-=#]?[^\n]{0,500}?%>/;
const BRACES = /(?<![{$%])\{\{-?[ \t]*[\w.$'"(/][^\n]{0,500}?\}\}/;
const GO =
  /\{\{-?[ \t]*(?:[.$]|\/\*|(?:range|end|define|template|block|with|key|keyOrDefault|ls|service|secret|getv|getenv|env|gets|datasource|ds)\b|(?:if|else)\b)/;
const DOLLAR = /\$\{|%\{|\$[A-Za-z]\w*/;

/** The language of a template, as its tags tell; of `$NAME`, which keepalived knows too, only where its name says so. */
export function templateLanguage(name: string, text: string): TemplateLanguage | undefined {
  const extension = TEMPLATE_NAME.exec(name)?.[0].toLowerCase();
  if (extension === '.mustache') return undefined;
  if (!/\{\{|\{%|\{#|<%/.test(text))
    return extension !== undefined && DOLLAR.test(text) ? 'dollar' : undefined;
  if (/^\.(?:j2|jinja)/.test(extension ?? '')) return 'jinja';
  if (/^\.e(?:rb|pp)$/.test(extension ?? '') || (ERB.test(text) && !JINJA.test(text))) return 'erb';
  if (JINJA.test(text) && !/\.(?:go|c)?tmpl$/.test(extension ?? '')) return 'jinja';
  if (BRACES.test(text)) return GO.test(text) ? 'go' : 'jinja';
  return extension !== undefined && DOLLAR.test(text) ? 'dollar' : undefined;
}
