import fc from 'fast-check';

/** A file as lines, and the files that it includes. */
export interface File {
  readonly lines: readonly string[];
  readonly included: Readonly<Record<string, string>>;
}

type Change = (file: File) => File;

/** The file with one line as others. */
function rewritten(file: File, at: number, rewrite: (line: string) => readonly string[]): File {
  if (file.lines.length === 0) return file;
  const target = at % file.lines.length;
  const lines = file.lines.flatMap((line, index) => (index === target ? rewrite(line) : [line]));
  return { ...file, lines };
}

const ANY_LINE = fc.nat({ max: 10_000 });

/** Other spellings of one line that mean the same to the node `vm`, or to a reader of the whole. */
const SPELLINGS: readonly ((line: string) => readonly string[])[] = [
  (line) => [`${line} # a remark`],
  (line) => [`\t${line}  ! a remark { "`],
  (line) => [line.replaceAll(' ', '\t \t')],
  (line) => [line.replace(/ \{$/, '{')],
  (line) => (line.endsWith(' {') ? [line.slice(0, -2), '', '# a remark', '{'] : [line]),
  (line) => (/[{}]/.test(line) ? [line] : [`@vm ${line}`]),
  (line) => (/[{}]/.test(line) ? [line] : [`@^other ${line}`]),
  (line) => ['@other nonsense 7', line],
  (line) => ['@^vm } {', line],
  (line) => [line.replace(/ ([\w./:-]+)$/, ' "$1"')],
  (line) =>
    [line.replace(/ ([\w./:-]+)$/, ' $VALUE')].flatMap((changed) =>
      changed === line ? [line] : [`$VALUE=${line.replace(/^.* /, '')}`, changed],
    ),
  (line) =>
    [line.replace(/ (\w+)$/, ' ${VALUE}')].flatMap((changed) =>
      changed === line ? [line] : [`$VALUE=${line.replace(/^.* /, '')}`, changed],
    ),
  (line) => (/[{}]/.test(line) ? [line] : [`$WHOLE= \\`, `${line}`, '$WHOLE']),
  (line) => (/[{}]/.test(line) ? [line] : [`$WHOLE=${line}`, '$WHOLE']),
  (line) => (line === '192.0.2.100/24' ? ['192.0.2.~SEQ(100,103)/24'] : [line]),
  (line) => (line === 'VI_2' ? ['VI_~SEQ(2,2)'] : [line]),
  (line) => (line === '2001:db8::2' ? ['2001:db8::~LST(2,a,b)'] : [line]),
  (line) => (line === 'eth8' ? ['eth~LST({8})'] : [line]),
];

/** A change of the spelling that ought not to matter; also a part of the file in a file of its own. */
export function dresses(): fc.Arbitrary<Change> {
  const spelled = fc.tuple(ANY_LINE, fc.constantFrom(...SPELLINGS)).map(
    ([at, rewrite]): Change =>
      (file) =>
        rewritten(file, at, rewrite),
  );
  const include = fc
    .tuple(
      ANY_LINE,
      fc.nat({ max: 12 }),
      fc.constantFrom('NAME.conf', 'NAME*', './NAME.conf', '{NAME,nothing}.conf', '?REST.conf'),
    )
    .map(
      ([at, count, pattern]): Change =>
        (file) => {
          const name = `part${Object.keys(file.included).length}`;
          const start = at % file.lines.length;
          const part = file.lines.slice(start, start + count);
          const lines = [
            ...file.lines.slice(0, start),
            `include ${pattern.replaceAll('NAME', name).replace('REST', name.slice(1))}`,
            ...file.lines.slice(start + count),
          ];
          return {
            lines,
            included: { ...file.included, [`${name}.conf`]: part.map((line) => `${line}\n`).join('') },
          };
        },
    );
  return fc.oneof({ weight: 6, arbitrary: spelled }, { weight: 1, arbitrary: include });
}

/** Mistakes such as people make, at one line. */
const MISTAKES: readonly ((line: string) => readonly string[])[] = [
  (line) => [line.replace(/^(\w)(\w)/, '$2$1')],
  (line) => [line.replace(/^\w+/, (word) => word.toUpperCase())],
  (line) => [line.replace(/^(\w+)/, '$1x')],
  (line) => [line.replace(/ (\S+)$/, ' $1x')],
  (line) => [line.replace(/ (\S+)$/, ' -1')],
  (line) => [line.replace(/ (\S+)$/, ' 99999999999999999999999')],
  (line) => [line.replace(/ (\S+)$/, ' 0')],
  (line) => [line.replace(/ (\S+)$/, ' =')],
  (line) => [line.replace(/ (\d+)$/, ' $1.5')],
  (line) => [line.replace(/ [^ {]+/, '')],
  (line) => [line.replace(/ (\S+)$/, ' "$1')],
  (line) => [line.replace(/ (\S+)$/, ' $1"')],
  (line) => [`"${line}"`],
  (line) => [`${line} garbage`],
  (line) => [line, line],
  (line) => [line, 'virtual_router_id 7'],
  (line) => [line, 'lb_algo rr'],
  (line) => [line, 'foo bar'],
  (line) => [line, 'foo {', 'bar 7', '}'],
  (line) => [`${line};`],
  (line) => [`// ${line}`],
  (line) => [line, '}'],
  (line) => [`${line} {`],
  (line) => [line.replace(/[{}]$/, '')],
  (line) => ['include nothing-here.conf', line],
  (line) => [`${line} \\`],
  (line) => [line.replace(/ (\S+)$/, ' $NOWHERE')],
  () => [],
];

/** One mistake: at one line, a line moved to where it does not belong, two lines on one, the rest cut off. */
export function damages(): fc.Arbitrary<Change> {
  const mistake = fc.tuple(ANY_LINE, fc.constantFrom(...MISTAKES)).map(
    ([at, rewrite]): Change =>
      (file) =>
        rewritten(file, at, rewrite),
  );
  const moved = fc.tuple(ANY_LINE, ANY_LINE).map(
    ([from, to]): Change =>
      (file) => {
        const line = file.lines[from % file.lines.length] ?? '';
        const rest = file.lines.filter((_, index) => index !== from % file.lines.length);
        return rewritten({ ...file, lines: rest }, to, (other) => [other, line]);
      },
  );
  const joined = ANY_LINE.map(
    (at): Change =>
      (file) => {
        const target = at % file.lines.length;
        const next = file.lines[target + 1] ?? '';
        const rest = file.lines.filter((_, index) => index !== target + 1);
        return rewritten({ ...file, lines: rest }, target, (line) => [`${line} ${next}`]);
      },
  );
  const cut = ANY_LINE.map(
    (at): Change =>
      (file) => ({ ...file, lines: file.lines.slice(0, at % file.lines.length) }),
  );
  return fc.oneof(
    { weight: 14, arbitrary: mistake },
    { weight: 2, arbitrary: moved },
    { weight: 1, arbitrary: joined },
    { weight: 1, arbitrary: cut },
  );
}
