/** Where the line ends that holds an offset. */
export function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end === -1 ? text.length : end;
}

/** Where the next line begins, behind the end of one. */
export function nextLine(text: string, lineEnd: number): number {
  return Math.min(lineEnd + 1, text.length);
}

/** The blanks in front of a line. */
export function indent(line: string): number {
  return Math.max(0, line.search(/\S/));
}

/** Cuts a line at the first `#` or `!` outside double quotes, with the blanks and the backslash before it. */
export function withoutComment(line: string): string {
  const end = /[#!]/.test(line) ? commentStart(line) : line.length;
  return line.slice(0, end).trimEnd();
}

function commentStart(line: string): number {
  let quoted = false;
  for (let at = 0; at < line.length; at++) {
    const sign = line[at];
    if (sign === '"') quoted = !quoted;
    else if (!quoted && (sign === '#' || sign === '!')) return line[at - 1] === '\\' ? at - 1 : at;
  }
  return line.length;
}
