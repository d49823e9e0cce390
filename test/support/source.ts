import type { Format, Source } from '../../src/evidence/source.ts';

/** A text as evidence, for tests that read one text. */
export function sourceOf(
  text: string,
  format: Format = 'keepalived.conf',
  extra: Partial<Source> = {},
): Source {
  return {
    name: 'test.conf',
    host: 'test',
    format,
    basis: 'written',
    text,
    origin: { kind: 'file', path: 'test.conf' },
    ...extra,
  };
}
