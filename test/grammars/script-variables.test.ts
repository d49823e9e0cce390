import { describe, expect, test } from 'vitest';
import { said, scriptTree, standsAt } from '../support/script.ts';

/** The last statement of a script. */
const last = (text: string) => said(text).at(-1);

describe('what a variable holds', () => {
  test.each([
    ['VIP=192.0.2.1; echo $VIP ${VIP} "$VIP:80"', 'echo 192.0.2.1 192.0.2.1 192.0.2.1:80'],
    ['A=\'a b\'; echo $A "$A"', 'echo a b a b'],
    ['A=1 B=$A; echo $B', 'echo 1'],
    ['A=1; A+=2; echo $A', 'echo 12'],
    ['export A=1; readonly B=2; declare C=3; echo $A$B$C', 'echo 123'],
    [
      'VIP=192.0.2.17; echo ${VIP##*.} ${VIP#*.} ${VIP%.*} ${VIP%%.*} ${#VIP}',
      'echo 17 0.2.17 192.0.2 192 10',
    ],
    ['A=a.b; echo ${A/./-} ${A:2} ${A:0:1}', 'echo a-b b a'],
    ['echo ${A:-x} ${A-y}; B=; echo ${B:-x}', 'echo x'],
    ['V=(10.0.0.1 10.0.0.2); V+=(10.0.0.3); echo ${V[1]} ${#V[@]} $V', 'echo 10.0.0.2 3 10.0.0.1'],
    ['V[0]=a; V[1]=b; echo "${V[@]}"', 'echo a b'],
    ['i=1; i=$((i+2)); let i+=1; ((i++)); echo lo:$i', 'echo lo:5'],
    ['X=$(which ipvsadm); $X -C', 'ipvsadm -C'],
    ['OPT="-m -w 1"; ipvsadm -a $OPT', 'ipvsadm -a -m -w 1'],
  ])('%s', (text, words) => {
    expect(last(text)).toBe(words);
  });

  test.each([
    ['nothing sets it', 'echo $VIP:80', 'echo ?$VIP:80'],
    ['an argument', 'VIP=$1; echo $VIP ${2}', 'echo ?$VIP ?${2}'],
    ['what a command prints', 'A=$(hostname -I); B=`date`; echo $A "$B"', 'echo ?$A ?$B'],
    ['what is read', 'A=1; read -r A B; echo $A $B', 'echo ?$A ?$B'],
    ['two values on two ways', 'if x; then A=1; else A=2; fi; echo $A', 'echo ?$A'],
    ['another value on one way', 'A=1; if x; then A=2; fi; echo $A', 'echo ?$A'],
    ['another value behind &&', 'A=1; [ -f /x ] && A=2; echo $A', 'echo ?$A'],
    ['a file that is read in', 'A=1; . /etc/sysconfig/lvs; echo $A', 'echo ?$A'],
    ['arithmetic with something unknown', 'echo $((n + 1))', 'echo ?$((n + 1))'],
    ['an indirection', 'A=B; B=1; echo ${!A}', 'echo ?${!A}'],
    ['the end of a loop', 'while x; do A=$B; done; A=1; while x; do A=2; done; echo $A', 'echo ?$A'],
    ['the rest of a word is kept', 'echo lo:$n', 'echo ?lo:$n'],
  ])('is unknown: %s', (_, text, words) => {
    expect(last(text)).toBe(words);
  });

  test.each([
    ['the same value on both ways', 'if x; then A=1; else A=1; fi; echo $A', 'echo 1'],
    ['a value only where none was', 'if [ -z "$A" ]; then A=1; fi; echo $A', 'echo 1'],
    ['the functions of the distribution', 'A=1; . /etc/rc.d/init.d/functions; echo $A', 'echo 1'],
    ['a way that is never taken', 'A=1; if [ $A = 2 ]; then A=3; fi; echo $A', 'echo 1'],
    ['a subshell', 'A=1; (A=2); echo $A', 'echo 1'],
    ['a function that keeps its own', 'A=1; f() { local A=2; }; f; echo $A', 'echo 1'],
    ['a function that does not', 'A=1; f() { A=2; }; f; echo $A', 'echo 2'],
  ])('is known: %s', (_, text, words) => {
    expect(last(text)).toBe(words);
  });

  test('doubling a text in each line ends in an unknown one', () => {
    expect(last(`A=aaaaaaaaaa\n${'A="$A$A"\n'.repeat(100)}echo "$A"`)).toContain('?');
  });
});

describe('variables that nothing uses', () => {
  const unused = (text: string) => scriptTree(text).unused.map((word) => standsAt(word));

  test('are told at their first assignment', () => {
    expect(
      unused('VIP=192.0.2.1\nGATEWAY=192.0.2.254\nGATEWAY=192.0.2.253\nip addr add $VIP dev lo\n'),
    ).toEqual(['GATEWAY']);
    expect(unused('RIP=(1 2)\necho\n')).toEqual(['RIP']);
  });

  test.each([
    ['used in quotes', 'A=1; echo "$A"'],
    ['used in a here-document', 'A=1; cat <<E\n$A\nE'],
    ['used in arithmetic', 'A=1; echo $((A+1))'],
    ['used by a value', 'A=1; B=$A; echo $B'],
    ['used by a pattern or a loop', 'A=1; B=2; case $A in x) for i in $B; do echo $i; done;; esac'],
    ['exported', 'export A=1; echo'],
    ['for one command only', 'LC_ALL=C A=1 sort'],
    ['for the shell', 'PATH=/sbin; IFS=,; echo'],
    ['perhaps used by other text', 'A=1; . ./lib.sh'],
    ['perhaps used by eval', 'A=1; eval "$x"'],
    ['perhaps named by another one', 'A=1; n=A; echo ${!n}'],
    ['all there is: a file to be read in', 'A=1\nB=2\n'],
  ])('are not: %s', (_, text) => {
    expect(unused(text)).toEqual([]);
  });

  test('a comment does not use them', () => {
    expect(unused('A=1\n# $A\necho\n')).toEqual(['A']);
  });
});

describe('what only bash takes', () => {
  const only = (text: string) => scriptTree(text).bashOnly.map(({ text: word }) => word);

  test('is told under sh, each kind once', () => {
    const body =
      'A=(1 2)\nB=(3)\nif [[ $x ]]; then echo "${A[@]}"; fi\nfunction f { echo; }\ncat <<< a &> b\n';
    expect(only(`#!/bin/sh\n${body}`)).toEqual(['A=(', '[[ $x ]]', 'function', '<<<', '&>']);
    expect(only(`#!/bin/bash\n${body}`)).toEqual([]);
    expect(only(body)).toEqual([]);
  });

  test('plain scripts have none', () => {
    expect(only('#!/bin/sh -\nf() { [ -n "$1" ] && echo "$((1 + 2))" 2>&1; }\nf a\n')).toEqual([]);
  });

  test('the first line is read with and without env', () => {
    expect(scriptTree('#! /usr/bin/env bash\n').shell).toBe('bash');
    expect(scriptTree('#!/bin/sh -\n').shell).toBe('sh');
    expect(scriptTree('echo\n#!/bin/sh\n').shell).toBeUndefined();
  });
});
