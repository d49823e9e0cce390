import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readHaproxy } from '../../grammars/haproxy/read.ts';
import { readNginx } from '../../grammars/nginx/read.ts';
import type { Statement } from '../../grammars/tree.ts';
import { expectLinear } from '../support/cost.ts';
import { SEED } from '../support/seed.ts';
import { sourceOf } from '../support/source.ts';

type Plain = readonly [string, ...Plain[]];
const plain = ({ words, block }: Statement): Plain => [
  words.map(({ text }) => text).join(' '),
  ...(block ?? []).map(plain),
];
const haproxy = (text: string) => readHaproxy(sourceOf(text, 'haproxy.cfg')).statements.map(plain);
const nginx = (text: string) => readNginx(sourceOf(text, 'nginx.conf')).statements.map(plain);

describe('haproxy.cfg', () => {
  test('has sections with lines', () => {
    expect(
      haproxy('global\n  daemon # yes\n\nfrontend web\n  bind *:80\n  bind "192.0.2.1:443" ssl\n'),
    ).toEqual([
      ['global', ['daemon']],
      ['frontend web', ['bind *:80'], ['bind 192.0.2.1:443 ssl']],
    ]);
  });

  test('a backslash keeps a blank, a quote anything', () => {
    expect(haproxy("backend a\n  log-format one\\ word\n  errorfile '# no comment'\n")).toEqual([
      ['backend a', ['log-format one word'], ['errorfile # no comment']],
    ]);
  });
});

describe('nginx.conf', () => {
  test('has directives with blocks', () => {
    expect(nginx('http {\n  server { listen 80; # port\n listen "[::]:80"; }\n  set $a ${b}c;\n}\n')).toEqual(
      [['http', ['server', ['listen 80'], ['listen [::]:80']], ['set $a ${b}c']]],
    );
  });

  test('what stands before a damage stays', () => {
    expect(nginx('server {\n listen 80;\n listen 81\n')).toEqual([['server', ['listen 80'], ['listen 81']]]);
    expect(nginx('}\n{ server { listen 80; } }')).toEqual([['server', ['listen 80']]]);
  });
});

test('any text has a reading, at a cost that grows with it', () => {
  const texts = fc.string({ unit: fc.constantFrom(...'ab {}[];#"\'\\\n$:.,') });
  fc.assert(
    fc.property(texts, (text) => {
      haproxy(text);
      nginx(text);
    }),
    { seed: SEED },
  );
});

test.each(['a {', '"\\', '${a', 'bind *:80\n'])('the cost of %j many times grows with the text', (piece) => {
  for (const read of [readHaproxy, readNginx])
    expectLinear(40_000, (size) => void read(sourceOf(piece.repeat(size), 'nginx.conf')));
});
