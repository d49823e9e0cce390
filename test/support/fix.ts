import type { Finding } from '../../src/judge/finding.ts';
import { withoutHost } from '../../src/judge/merge.ts';
import { repair } from '../../src/judge/repair.ts';
import { lint } from './lint.ts';

export type Files = Readonly<Record<string, string>>;

/** The files with the fixes of these findings, as far as they do not touch each other. */
export function fixedWith(files: Files, findings: readonly Finding[]): Files {
  const { texts } = repair(findings, ({ name }) => name);
  return { ...files, ...Object.fromEntries([...texts].map(([name, { text }]) => [name, text])) };
}

/** What `lint --fix` makes of the files, and how many rounds it takes until nothing is left to do. */
export async function fixedFully(files: Files, isWanted: (finding: Finding) => boolean) {
  let now = files;
  for (let round = 0; ; round++) {
    const { findings } = await lint(now);
    const next = fixedWith(now, findings.filter(isWanted));
    if (Object.entries(next).every(([name, text]) => now[name] === text))
      return { files: now, rounds: round };
    if (round > 20) throw new Error(`fixing never ends:\n${Object.values(next).join('\n')}`);
    now = next;
  }
}

/** A finding by what it says of what, wherever it stands. */
export function gist(finding: Finding): string {
  return `${finding.host} ${finding.rule} ${withoutHost(finding)}: ${finding.message}`;
}

/** Findings at warning or above of which there are more than before, by rule and subject: words may name a new word. */
export function newlyGrave(before: readonly Finding[], after: readonly Finding[]): readonly string[] {
  const known = new Map<string, number>();
  for (const finding of everything(before)) known.set(kindOf(finding), (known.get(kindOf(finding)) ?? 0) + 1);
  return everything(after)
    .filter((finding) => {
      const left = known.get(kindOf(finding)) ?? 0;
      known.set(kindOf(finding), left - 1);
      return finding.severity !== 'info' && left < 1;
    })
    .map(gist);
}

function kindOf(finding: Finding): string {
  return `${finding.host} ${finding.rule} ${withoutHost(finding)}`;
}

/** Findings with those that are folded under them. */
function everything(findings: readonly Finding[]): readonly Finding[] {
  return findings.flatMap((finding) => [finding, ...everything(finding.also)]);
}
