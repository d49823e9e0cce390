import type { Located } from '../evidence/fact.ts';

/** True for a text whose words depend on a definition such as ${_PWD}, which stands for another path elsewhere. */
export function holdsDefinition({ place: { source, range } }: Located): boolean {
  return source.text.slice(range.start, range.end).includes('$');
}

/** True where a comment sign follows a value without a blank: nobody meant a comment there. */
export function endsAtCommentSign({ place: { source, range } }: Located): boolean {
  // keepalived drops a backslash before the sign, too.
  const end = range.end + (source.text[range.end] === '\\' ? 1 : 0);
  const next = source.text[end];
  return (next === '#' || next === '!') && range.end > range.start && /\S/.test(source.text[end + 1] ?? '');
}
