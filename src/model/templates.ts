import { PLAIN_WORLDS, readTemplate, type Template, WORLDS } from '../../grammars/template/read.ts';
import type { Evidence, Gap } from '../evidence/evidence.ts';
import type { Source } from '../evidence/source.ts';

/** Evidence that holds templates: what it may come to, one guess after another. */
export interface OpenEvidence {
  /** The evidence with every template written out, as one guess has it. */
  world(index: number): Evidence;
  readonly worlds: number;
  /** In the first worlds no value equals another by chance. */
  readonly plainWorlds: number;
  /** Templates that nobody can follow. */
  readonly gaps: readonly Gap[];
}

/** What evidence with templates may come to; undefined for evidence without any. */
export function openEvidence({ sources, gaps }: Evidence): OpenEvidence | undefined {
  if (!sources.some(({ template }) => template !== undefined)) return undefined;
  const lost: Gap[] = [];
  const readable = new Map<Source, Template | undefined>();
  for (const source of sources) {
    const read = source.template === undefined ? undefined : readTemplate(source);
    if (typeof read !== 'string') readable.set(source, read);
    else
      lost.push({
        host: source.host,
        format: source.format,
        name: source.name,
        why: `it is a template that cannot be followed: ${read}; --render judges what your renderer makes of it`,
      });
  }
  const all = [...gaps, ...lost];
  return {
    gaps: lost,
    worlds: WORLDS,
    plainWorlds: PLAIN_WORLDS,
    world: (index) => ({
      gaps: all,
      sources: [...readable].map(([source, template]) => template?.rendered(index) ?? source),
    }),
  };
}
