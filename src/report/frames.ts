import { type Frame, framesOf } from '../evidence/frame.ts';
import type { Place } from '../evidence/place.ts';
import type { Source } from '../evidence/source.ts';
import type { Finding, Severity } from '../judge/finding.ts';
import { widthOf } from './cells.ts';
import { type DrawnLine, type DrawnMark, drawLine } from './code.ts';
import type { Paint } from './paint.ts';
import { sanitize } from './sanitize.ts';
import { nameOf, wordsOf } from './words.ts';
import { proseWidth, wrap } from './wrap.ts';

/** What all frames of one finding share. */
interface Style {
  readonly paint: Paint;
  readonly severity: Severity;
  readonly width: number;
  /** Columns of the line numbers, with the indent before them. */
  readonly numbers: number;
}

const indent = '  ';
const mostRelated = 8;

/** The lines of text that a finding is about, with carets, and the related ones, each under its file and position. */
export function drawFrames(finding: Finding, paint: Paint, width: number): readonly string[] {
  const hidden = finding.related.length - mostRelated;
  const related = hidden > 1 ? finding.related.slice(0, mostRelated) : finding.related;
  const frames = framesOf([
    { at: finding.at, label: endNote(finding.at), main: true },
    ...related.map(({ at, message }) => ({ at, label: wordsOf(finding, message), main: false })),
  ]);
  const digits = frames.flatMap((frame) => frame.lines.map(({ number }) => String(number).length));
  const numbers = indent.length * 2 + digits.reduce((most, length) => Math.max(most, length), 2);
  const style: Style = { paint, severity: finding.severity, width, numbers };
  const more = hidden > 1 ? [`${indent}and ${hidden} more places`] : [];
  return [...frames.flatMap((frame) => drawFrame(frame, finding.host, style)), ...more];
}

/** Behind the last line end there is nothing to see but the caret. */
function endNote({ source: { text }, range }: Place): string {
  return range.start >= text.length && /(?:^|\n)$/.test(text.slice(-1)) ? 'the file ends here' : '';
}

function drawFrame(frame: Frame, host: string, style: Style): readonly string[] {
  const { paint, numbers, width } = style;
  const lines = [`${indent}${positionOf(frame)}${paint.faint(otherHost(frame.source, host))}`];
  let previous: number | undefined;
  for (const line of frame.lines) {
    if (previous !== undefined && line.number > previous + 1)
      lines.push(paint.faint('...'.padStart(numbers)));
    previous = line.number;
    for (const drawn of drawLine(frame.source, line, width - numbers - 3)) {
      const gutter = paint.faint(`${String(line.number).padStart(numbers)} |`);
      lines.push(drawn.text === '' ? gutter : `${gutter} ${drawn.text}`);
      lines.push(...drawMarks(drawn, style));
    }
  }
  return lines;
}

/** `lb1/keepalived.conf:14:5`; of a command's output, the line in words, because nobody can open it. */
function positionOf({ source, line, column }: Frame): string {
  if (source.origin.kind !== 'command') return `${nameOf(source)}:${line}:${column}`;
  return `${nameOf(source)}, line ${line}`;
}

/** The host of a source where it is not the finding's and the name does not tell it: `lb1/…`, `lb1.conf`. */
function otherHost({ name, host }: Source, own: string): string {
  return host === own || name.split(/[/.]/).includes(host) ? '' : `  (${sanitize(host)})`;
}

/** Marks that stand beside one another share a row, until one of them brings words. */
function drawMarks({ marks }: DrawnLine, style: Style): readonly string[] {
  const rows: DrawnMark[][] = [];
  for (const mark of [...marks].sort(
    (a, b) => Number(b.mark.mark.main) - Number(a.mark.mark.main) || a.from - b.from,
  )) {
    const last = rows.at(-1)?.at(-1);
    if (last && last.to < mark.from && last.mark.mark.label === '') rows.at(-1)?.push(mark);
    else rows.push([mark]);
  }
  return rows.flatMap((row) => drawRow(row, style));
}

function drawRow(row: readonly DrawnMark[], { paint, severity, width, numbers }: Style): readonly string[] {
  const gutter = paint.faint(`${' '.repeat(numbers)} |`);
  let signs = '';
  let column = 0;
  for (const { from, to, mark } of row) {
    const sign = (mark.mark.main ? '^' : '-').repeat(to - from);
    signs +=
      ' '.repeat(from - column) + (mark.mark.main ? paint.severity[severity](sign) : paint.related(sign));
    column = to;
  }
  const last = row.at(-1);
  const label = last?.mark.mark.label ?? '';
  if (last === undefined || label === '') return [`${gutter} ${signs}`];
  const left = numbers + 3;
  if (left + column + 1 + widthOf(label) <= proseWidth(width))
    return [`${gutter} ${signs} ${paint.related(label)}`];
  const margin = proseWidth(width) - left - last.from >= 30 ? last.from : 0;
  const below = wrap(label, proseWidth(width) - left - margin).map(
    (part) => `${gutter} ${' '.repeat(margin)}${paint.related(part)}`,
  );
  return [`${gutter} ${signs}`, ...below];
}
