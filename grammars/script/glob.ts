/** Longer values are not cut up: the work grows with the square of their length. */
const LONGEST = 256;

/** Whether a shell pattern fits a text from end to end; undefined for bracket sets, which are not followed. */
export function fits(pattern: string, text: string): boolean | undefined {
  if (/[[\]\\]/.test(pattern) || pattern.length > LONGEST || text.length > LONGEST) return undefined;
  let star = -1;
  let retry = 0;
  let at = 0;
  for (let read = 0; read < text.length; ) {
    if (pattern[at] === '*') {
      star = at++;
      retry = read;
    } else if (pattern[at] === '?' || pattern[at] === text[read]) {
      at++;
      read++;
    } else if (star !== -1) {
      at = star + 1;
      read = ++retry;
    } else return false;
  }
  while (pattern[at] === '*') at++;
  return at === pattern.length;
}

/** `${text#pattern}`, `##`, `%`, `%%`: the text without its shortest or longest fitting head or tail. */
export function stripped(text: string, operator: string, pattern: string): string | undefined {
  const longest = operator.length === 2;
  const fromHead = operator.startsWith('#');
  for (let step = 0; step <= text.length; step++) {
    const length = longest ? text.length - step : step;
    const part = fromHead ? text.slice(0, length) : text.slice(text.length - length);
    const answer = fits(pattern, part);
    if (answer === undefined) return undefined;
    if (answer) return fromHead ? text.slice(length) : text.slice(0, text.length - length);
  }
  return text;
}
