import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readTemplate, WORLDS } from '../../grammars/template/read.ts';
import type { TemplateLanguage } from '../../src/evidence/source.ts';
import { sourceOf } from '../support/source.ts';

function read(text: string, template: TemplateLanguage) {
  return readTemplate({ ...sourceOf(text), template });
}

/** What a template becomes in the first world, in which every choice takes its first branch. */
function first(text: string, template: TemplateLanguage): string {
  const read_ = read(text, template);
  return typeof read_ === 'string' ? read_ : read_.rendered(0).text;
}

test.each([
  ['jinja', 'a {#- no -#} b', 'ab'],
  ['jinja', '{% raw %}{{ x }}{% endraw %}', '{{ x }}'],
  ['jinja', "x {{ 'yes' if a else 'no' }}", 'x yes'],
  ['jinja', '{% macro m(a) %}one{% endmacro %}{{ m(1) }} {{ m(2) }}', 'one one'],
  ['jinja', '{% if a -%}\n  one\n{%- else %}two{% endif %}\n', 'one\n'],
  ['jinja', '{% set a = 1 %}{% set b %}text{% endset %}c', 'c'],
  ['erb', '<%# no -%>\na\n  <%- if b -%>\nc\n  <%- end -%>\n<%%= d %>', 'a\nc\n<%= d %>'],
  ['erb', '<% case a %>\n<% when 1 %>one<% else %>two<% end %>', 'one'],
  ['erb', '<% if $a { -%>\none\n<% } else { -%>\ntwo\n<% } -%>\n', 'one\n'],
  ['go', '{{/* no */}}{{ define "t" }}one{{ end }}{{ template "t" . }}', 'one'],
  ['go', '{{- if .A -}}\n one \n{{- else if .B }}two{{ end }}', 'one'],
  ['dollar', '$${kept} %%{kept} %{ if a ~}\n one%{ else }two%{ endif }', '${kept} %{kept} one'],
  ['dollar', '$OWN=1\nx $OWN ${OWN} ${_PWD}', '$OWN=1\nx $OWN ${OWN} ${_PWD}'],
] as const)('in %s, %j begins as %j', (template, text, begun) => {
  expect(first(text, template)).toBe(begun);
});

test.each([
  ['jinja', '{% if a %}', 'what begins in line 1 never ends'],
  ['jinja', '\n{% endif %}', 'the tag in line 2 ends nothing'],
  ['jinja', '{{ a', "the tag that begins in line 1 has no '}}'"],
  ['jinja', "{% extends 'base' %}", "'{% extends %}' may put in anything"],
  ['jinja', '{{ kind }} {\n}\n', "'{{ kind }}' decides what block begins"],
  [
    'jinja',
    '{% if a %}x {\n{% endif %}{% if b %}}{% endif %}',
    'a brace opens in one branch and closes in another',
  ],
  ['go', '{{ define "t" }}{{ template "t" }}{{ end }}{{ template "t" }}', 't calls itself'],
  ['go', `${'{{ range .A }}'.repeat(12)}x${'{{ end }}'.repeat(12)}`, 'it becomes too long'],
] as const)('in %s, %j cannot be followed: %s', (template, text, why) => {
  expect(read(text, template)).toBe(why);
});

test('a template that is cut off anywhere is read or refused, and never breaks anything', () => {
  const folder = 'test/templates';
  for (const template of ['jinja', 'erb', 'go', 'dollar'] as const) {
    for (const name of readdirSync(join(folder, template))) {
      const text = readFileSync(join(folder, template, name), 'utf8');
      for (let end = 7; end < text.length; end += 97) {
        const cut = read(text.slice(0, end), template);
        if (typeof cut === 'string') continue;
        for (let world = 0; world < WORLDS; world += 5) {
          const { rendering, text: output } = cut.rendered(world);
          const range = rendering?.rangeOf({ start: 0, end: output.length });
          expect(range?.end ?? 0).toBeLessThanOrEqual(end);
        }
      }
    }
  }
});
