import { describe, expect, test } from 'vitest';
import { said, scriptTree, spoken, standsAt } from '../support/script.ts';

/** `branch: words`, with a question mark where the statement may not run. */
function flow(text: string): string[] {
  return scriptTree(text).statements.map(
    (statement) =>
      `${statement.branch === undefined ? '' : `${statement.branch}: `}${spoken(statement)}${statement.conditional ? ' (?)' : ''}`,
  );
}

describe('branches', () => {
  test('case "$1" names them', () => {
    expect(flow('case "$1" in\nstart)\n a;;\nstop|down) b ;;\n"status") c;;\n*) d\nesac\ne')).toEqual([
      'start: a',
      'stop|down: b',
      'status: c',
      '*: d',
      'e',
    ]);
  });

  test.each([
    ['a variable', 'ACTION=$1; case $ACTION in on) a;; esac', ['on: a']],
    ['a default', 'case "${1:-start}" in start) a;; esac', ['start: a']],
    ['start among the patterns', 'case $(basename $0) in start) a;; esac', ['start: a']],
    ['letters of both cases', 'case $1 in [Ss]tart) a;; [Ss]top) b;; esac', ['start: a', 'stop: b']],
    ['an opening bracket', 'case $1 in (start) a;; (stop) b;; esac', ['start: a', 'stop: b']],
    [
      'if',
      'if [ "$1" = start ]; then a; elif [[ $1 == "stop" ]]; then b; else c; fi',
      ['start: a', 'stop: b', '*: c'],
    ],
    ['the careful if', 'if [ "x$1" = "xstop" ]; then a; fi', ['stop: a']],
  ])('are found by %s', (_, text, expected) => {
    expect(flow(text).filter((line) => !line.includes('['))).toEqual(expected);
  });

  test('what is none is a condition', () => {
    expect(flow('case $(uname) in Linux) a;; *) b;; esac')).toEqual(['a (?)', 'b (?)']);
    expect(flow('case "$2" in eth0) a;; esac')).toEqual(['a (?)']);
  });

  test('where only stop has a way of its own, the rest may be a start', () => {
    expect(flow('case $1 in stop) a;; *) b;; esac')).toEqual(['stop: a', 'b (?)']);
  });

  test('a value that is known takes one way', () => {
    expect(flow('M=dr; case $M in nat) a;; d*) b;; *) c;; esac')).toEqual(['b']);
  });

  test('restart beside start does not say everything twice', () => {
    const text =
      'up() { a; }\ndown() { b; }\ncase $1 in start) up;; stop) down;; restart) down; up; c;; esac';
    expect(flow(text)).toEqual(['start: a', 'stop: b', 'restart: c']);
  });
});

describe('conditions', () => {
  test('if and else', () => {
    expect(flow('if a; then b; else c; fi; d')).toEqual(['a', 'b (?)', 'c (?)', 'd']);
  });

  test('a test whose answer is known rules ways out', () => {
    expect(flow('A=1; if [ $A = 1 ]; then a; else b; fi').slice(1)).toEqual(['a']);
    expect(flow('A=; if [ -n "$A" ]; then a; else b; fi').slice(1)).toEqual(['b']);
    expect(
      flow('A=1; [ "$A" -gt 2 ] && a; [[ $A == 1* ]] || b; c').filter((line) => !line.includes('[')),
    ).toEqual(['c']);
    expect(flow('if ! true; then a; else b; fi').slice(1)).toEqual(['b']);
  });

  test('a default of the script is too weak to rule a way out', () => {
    expect(flow('R=${R:-rs}; if [ $R = rs ]; then a; else b; fi').slice(1)).toEqual(['a (?)', 'b (?)']);
  });

  test('behind || and behind a question', () => {
    expect(flow('a || b; c && d; grep -q x f && e; f')).toEqual([
      'a',
      'b (?)',
      'c',
      'd',
      'grep -q x f',
      'e (?)',
      'f',
    ]);
  });

  test('loops that may not run', () => {
    expect(flow('while read x; do a $x; done; until b; do c; done')).toEqual([
      'read x',
      'a ?$x (?)',
      'b',
      'c (?)',
    ]);
  });
});

describe('loops', () => {
  test.each([
    ['a list', 'for i in all lo "eth0"; do echo $i; done', ['echo all', 'echo lo', 'echo eth0']],
    ['a text that holds a list', 'L="a b"; for i in $L; do echo $i; done', ['echo a', 'echo b']],
    ['an array', 'V=(a "b c"); for i in "${V[@]}"; do echo $i; done', ['echo a', 'echo b c']],
    ['a list over lines', 'for i in a \\\n  b\ndo\n  echo $i\ndone', ['echo a', 'echo b']],
    ['a range', 'for i in {1..3}; do echo $i; done', ['echo 1', 'echo 2', 'echo 3']],
    ['seq', 'for i in $(seq 2 3); do echo $i; done', ['echo 2', 'echo 3']],
    ['counting', 'for ((i = 0; i < 2; i++)); do echo lo:$i; done', ['echo lo:0', 'echo lo:1']],
    ['counting down', 'for ((i=2;i>=1;i--)) { echo $i; }', ['echo 2', 'echo 1']],
    [
      'over the length of an array',
      'V=(a b); for ((i=0;i<${#V[@]};i++)); do echo ${V[$i]}; done',
      ['echo a', 'echo b'],
    ],
    [
      'one in another',
      'for i in a b; do for j in 1 2; do echo $i$j; done; done',
      ['echo a1', 'echo a2', 'echo b1', 'echo b2'],
    ],
    ['nothing', 'for i in ; do echo $i; done', []],
  ])('are unrolled: %s', (_, text, expected) => {
    expect(said(text)).toEqual(expected);
  });

  test('over something unknown they are read once', () => {
    expect(flow('for i in $(cat list); do echo $i; done')).toEqual(['echo ?$i (?)']);
    expect(flow('for i in a $X; do echo $i; done')).toEqual(['echo a', 'echo ?$i (?)']);
    expect(flow('for i; do echo $i; done')).toEqual(['echo ?$i (?)']);
  });

  test('a list too long to unroll is read once', () => {
    expect(said(`for i in ${'x '.repeat(1001)}; do echo $i; done`)).toEqual(['echo ?$i']);
    expect(said(`for i in ${'x '.repeat(1000)}; do echo $i; done`)).toHaveLength(1000);
  });
});

describe('functions', () => {
  test('are read where they are called, with their arguments', () => {
    expect(flow('add() { ip addr add $1 dev $2; }\nadd 10.0.0.1 lo\nadd "$X"')).toEqual([
      'ip addr add 10.0.0.1 dev lo',
      'ip addr add ?$X dev',
    ]);
  });

  test('a command that is handed over stands where it is handed over', () => {
    const { statements } = scriptTree(
      'run() {\n  echo "$1"\n  $1 > /dev/null\n}\nrun "ipvsadm -A -t 10.0.0.1:80"\n',
    );
    const [, handed] = statements;
    expect(handed?.words.map(({ text }) => text)).toEqual(['ipvsadm', '-A', '-t', '10.0.0.1:80']);
    expect(standsAt(handed as never)).toBe('"ipvsadm -A -t 10.0.0.1:80"');
  });

  test('shift and set move the arguments', () => {
    expect(said('f() { shift; echo $1 $#; }\nf a b c')).toEqual(['shift', 'echo b 2']);
    expect(said('set -- a b\necho $2').at(-1)).toBe('echo b');
  });

  test('that nothing calls are read at the end, by their names', () => {
    expect(flow('start() { a; }\nother() { b; }\n$1\nc')).toEqual(['?$1', 'c', 'start: a', 'b (?)']);
  });

  test('that call themselves or each other come to an end', () => {
    expect(said('f() { a; f; }\nf')).toEqual(['a']);
    expect(said('f() { a; g; }\ng() { b; f; }\nf')).toEqual(['a', 'b']);
  });

  test('one that several ways call is told once', () => {
    expect(said('f() { a; }\nwhile getopts x o; do case $o in x) f;; y) f;; esac; done').slice(1)).toEqual([
      'a',
    ]);
  });

  test('name () in place of a call is one', () => {
    expect(flow('f() { a; }\ncase $1 in start)\n f()\n b\n;; esac')).toEqual(['start: a', 'start: b']);
  });
});

describe('the rest', () => {
  test('exit ends a script where nothing is in doubt', () => {
    expect(said('a\nexit 0\nb')).toEqual(['a', 'exit 0']);
    expect(said('a || exit 1\n(exit)\nif x; then exit; fi\nf() { exit; }\nf\nb').at(-1)).toBe('b');
  });

  test('sh -c runs what stands between the quotes', () => {
    expect(said('sudo sh -c \'echo 1 > /a && b\'; bash -c "c $X"; sh -c "$X"')).toEqual([
      'echo 1',
      'b',
      'c ?$X',
      '?$X',
    ]);
  });
});
