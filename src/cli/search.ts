/** Something that words can find. */
export interface Findable {
  /** Names and titles: what it is. */
  readonly headlines: readonly string[];
  /** What else it says. */
  readonly text: string;
}

/** What was found, best first, and whether the first is surely meant. */
export interface Found<T> {
  readonly hits: readonly T[];
  readonly isClear: boolean;
}

const SAY_LITTLE = new Set(
  'a after an and are at but by do does for from i in is it its my of on or our that the this to was we when with'.split(
    ' ',
  ),
);
const IN_HEADLINE = 3;
const IN_ONE_PIECE = 2;
/** Of the words that are asked for, and of the score of the best, this much makes a hit. */
const ENOUGH_WORDS = 0.6;
const ENOUGH_SCORE = 0.3;

/**
 * Those that speak of the words, or of most of them where there are several. Rare words weigh more than common ones,
 * headlines more than text, and a headline that has the words in one piece most.
 */
export function search<T extends Findable>(words: string, all: readonly T[]): Found<T> {
  const wanted = stemsOf(words);
  const indexed = all.map((item) => {
    const heads = item.headlines.map(stemsOf);
    return { item, heads, head: new Set(heads.flat()), text: new Set(stemsOf(item.text)) };
  });
  const rarity = new Map<string, number>();
  for (const word of wanted) {
    const holders = indexed.filter(({ head, text }) => head.has(word) || text.has(word)).length;
    if (!rarity.has(word)) rarity.set(word, Math.log((all.length + 1) / (holders + 1)) + 0.1);
  }
  const judged = indexed.map(({ item, heads, head, text }) => {
    const known = [...rarity].filter(([word]) => head.has(word) || text.has(word));
    const score = known.reduce((sum, [word, rare]) => sum + (head.has(word) ? IN_HEADLINE * rare : rare), 0);
    const isNamed = heads.some((phrase) => holds(phrase, wanted));
    return { item, isNamed, known: known.length, score: isNamed ? IN_ONE_PIECE * score : score };
  });
  const able = judged.filter(({ known }) => known > 0 && known >= Math.ceil(ENOUGH_WORDS * rarity.size));
  const best = Math.max(0, ...able.map(({ score }) => score));
  const hits = able.filter(({ score }) => score >= ENOUGH_SCORE * best);
  hits.sort((one, other) => other.score - one.score);
  const [first, second] = hits;
  const isClear =
    second === undefined ? first?.known === rarity.size : !second.isNamed && first?.isNamed === true;
  return { hits: hits.map(({ item }) => item), isClear };
}

/** True if a pasted line has every fixed part of a message in its order; `…` stands for what varies. */
export function holdsMessage(line: string, message: string): boolean {
  const given = wordsOf(line);
  let from = 0;
  for (const part of message.split('…').map(wordsOf)) {
    const at = given.findIndex(
      (_, start) => start >= from && part.every((word, next) => given[start + next] === word),
    );
    if (part.length > 0 && at < 0) return false;
    from = part.length > 0 ? at + part.length : from;
  }
  return true;
}

function holds(text: readonly string[], phrase: readonly string[]): boolean {
  return text.some((_, start) => phrase.every((word, next) => text[start + next] === word));
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** Words without those that say little, and without the endings that English puts on them. */
function stemsOf(text: string): string[] {
  return wordsOf(text)
    .filter((word) => !SAY_LITTLE.has(word))
    .map((word) => word.replace(/(?<=..)(?:ing|ed|es|e|s)$/, '').replace(/([a-z])\1$/, '$1'));
}
