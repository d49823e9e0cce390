import type { Result, Step } from '../report/walk.ts';

/** What a person sees, and the way from there to its causes: a page of docs/symptoms, read. */
export interface Symptom {
  readonly name: string;
  /** In the words of the one who sees it. */
  readonly title: string;
  /** Other words for it. */
  readonly also: readonly string[];
  readonly observations: readonly Observation[];
  /** The Markdown that it was read from. */
  readonly page: string;
}

export type Observation = Step<SymptomResult>;

export interface SymptomResult extends Result {
  /** Symptoms that lead on from here. */
  readonly symptoms: readonly string[];
}

/** Reads a page whose form docs/symptoms/README.md shows; what is not of that form is passed over. */
export function readSymptom(name: string, page: string): Symptom {
  const [head = '', ...sections] = page.split(/^## /m);
  const [, title = '', also = ''] = head.split(/\n{2,}/).map(oneLine);
  return {
    name,
    title,
    also: also.replace(/^Also: |\.$/g, '').split('; '),
    observations: sections.filter((section) => /^\d+\. /.test(section)).map(observationOf),
    page,
  };
}

function observationOf(section: string): Observation {
  return {
    question: oneLine(section.slice(0, section.indexOf('\n'))).replace(/^\d+\. /, ''),
    where: /^(.*):\n\n```sh\n/m.exec(section)?.[1] ?? '',
    commands: /^```sh\n([\s\S]*?)\n```$/m.exec(section)?.[1]?.split('\n') ?? [],
    results: resultsOf(section),
  };
}

/** The items of a list such as `- **seen** → what it means`, each with its rules in an item below it. */
export function resultsOf(section: string): readonly SymptomResult[] {
  return [...section.matchAll(/^- \*\*([\s\S]+?)\*\*\s+→\s([\s\S]*?)(?=^- |^#|(?![\s\S]))/gm)].map(
    ([, seen = '', rest = '']) => {
      const [means = ''] = rest.split(/^ {2}- rules: /m);
      return {
        seen: oneLine(seen),
        means: oneLine(means).replace(/\[([^\]]+)\]\([^)]*\)/g, '$1'),
        rules: [...rest.matchAll(/\]\(\.\.\/rules\/([\w/-]+)\.md\)/g)].map(([, id = '']) => id),
        symptoms: [...rest.matchAll(/\]\(([\w-]+)\.md\)/g)].map(([, other = '']) => other),
      };
    },
  );
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
