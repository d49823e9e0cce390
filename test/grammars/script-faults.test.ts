import { describe, expect, test } from 'vitest';
import { said, scriptTree, standsAt } from '../support/script.ts';

/** Each fault as its kind, the text that it stands at and its line. */
function faultsOf(text: string): string[] {
  return scriptTree(text).faults.map(({ kind, at }) => {
    const line = text.slice(0, at.range.start).split('\n').length;
    return `${kind} ${standsAt({ place: at })} ${line}`;
  });
}

describe('blocks', () => {
  test.each([
    ['if a; then\n  b\n', ['unbalanced-braces if 1']],
    ['for i in 1 2; do\n  a\n', ['unbalanced-braces for 1']],
    ['case $1 in\nstart) a;;\n', ['unbalanced-braces case 1']],
    ['f() {\n  a\n', ['unbalanced-braces { 1']],
    ['a\n(b\n', ['unbalanced-braces ( 2']],
    ['f() {\n  if a; then\n    b\n}\nc\n', ['unbalanced-braces if 2']],
    ['while a; do\n  if b; then\n    c\ndone\n', ['unbalanced-braces if 2']],
    ['case $1 in\na) if x; then y;;\nb) z;;\nesac\n', ['unbalanced-braces if 2']],
    ['a\nfi\n', ['unbalanced-braces fi 2']],
    ['a; done\nb\n}\n', ['unbalanced-braces done 1', 'unbalanced-braces } 3']],
    ['if a; then b; fi; fi', ['unbalanced-braces fi 1']],
  ])('%j', (text, faults) => {
    expect(faultsOf(text)).toEqual(faults);
  });

  test('what stands around the damage is read', () => {
    expect(said('a\nfi\nb')).toEqual(['a', 'b']);
    expect(said('a\nif x; then\n b\nfor i in 1 2; do\n c $i\n')).toEqual(['a', 'x', 'b', 'c 1', 'c 2']);
    expect(said('f() {\n  if a; then\n    b\n}\nf\nc')).toEqual(['a', 'b', 'c']);
  });
});

describe('quotes', () => {
  test.each([
    ["echo 'a\nb\n", "unclosed-quote ' 1"],
    ['VIP=192.0.2.1\necho "$VIP\nb\n', 'unclosed-quote " 2'],
    [`echo "a" 'b' "c`, 'unclosed-quote " 1'],
  ])('%j', (text, fault) => {
    expect(faultsOf(text)).toEqual([fault]);
  });

  test('what stands behind the line is read all the same', () => {
    expect(said('a\necho "b c\nd\ne "f g"\n')).toEqual(['a', 'echo b c\nd\ne f g']);
    expect(said("a\necho 'b c\nd\n")).toEqual(['a', 'echo b c', 'd']);
  });

  test('blocks behind an unclosed quote are not said to be open as well', () => {
    expect(faultsOf("if a; then\n  echo 'b\nfi\n")).toEqual(["unclosed-quote ' 2"]);
  });

  test('is silent where it cannot be sure', () => {
    expect(faultsOf("x=$(cat <<E\ndon't\nE\n)\necho a\n")).toEqual([]);
    expect(faultsOf('x=$(case a in a) echo;; esac)\necho\n')).toEqual([]);
  });
});

describe('hidden characters', () => {
  test.each([
    ['ipvsadm\u00a0-C\n', 'hidden-character \u00a0 1'],
    ['VIP=\u201c192.0.2.1\u201d\n', 'hidden-character \u201c 1'],
    ['a\nipvsadm \u2013C\n', 'hidden-character \u2013 2'],
    ['a\r\nb\r\n', 'hidden-character \r 1'],
  ])('%j', (text, fault) => {
    expect(faultsOf(text)[0]).toBe(fault);
  });

  test('harm nobody in comments and quotes', () => {
    expect(faultsOf('# a\u00a0b \u201cc\u201d\necho \'a\u00a0b\' "c \u2013 d"\n')).toEqual([]);
  });
});

test.each([
  ['glued keywords', 'if a;then b;else c;fi;for i in 1 2;do d;done'],
  ['one line of everything', 'f(){ if a; then { b; }; fi; }; (c); case x in (a) ;; b|c) d;; *) ;; esac'],
  ['brackets inside words', 'echo ${a:-(x} "$(echo ")" )" `echo \\)` $((1+(2*3)))'],
  ['arithmetic', '(( i++ )); for ((i=0;i<(2+1);i++)); do a; done; if (( (1+2) > 2 )); then b; fi'],
  ['tests', '[[ $a =~ ^(a|b)$ && ( -n $b || $c < d ) ]] && x; [[ $a == [[:space:]] ]] || y'],
  ['a pattern with brackets of its own', 'case $v in 3.+([0-9])) a;; @(b|c)) d;; esac'],
  ['process substitution', 'while read x; do a; done < <(b | c); diff <(d) >(e)'],
  ['a block after a block', 'if a; then if b; then c; fi fi; { { d; } }'],
  ['redirections of blocks', 'if a; then b; fi 2>/dev/null; { c; } > x 2>&1; (d) | (e)'],
  ['comments with quotes', 'a # don\'t\nb # "x\n'],
  ['an array over lines', "A=(\n  'a b' # one\n  c\n)\necho ${A[@]}\n"],
  ['a continued list', 'a &&\n b ||\n c |\n d\n'],
  ['functions of both kinds', 'function a { b; }\nfunction c() { d; }\ne ()\n{\n f\n}\n'],
  ['nothing', ''],
  ['a comment only', '#!/bin/sh'],
])('nothing is wrong with %s', (_, text) => {
  expect(faultsOf(text)).toEqual([]);
});
