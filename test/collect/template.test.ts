import { expect, test } from 'vitest';
import { renderedName, templateLanguage } from '../../src/collect/template.ts';

test.each([
  ['keepalived.conf', 'priority {{ priority }}\n', 'jinja'],
  ['keepalived.conf', '{% if master %}\n', 'jinja'],
  ['keepalived.conf', 'state <%= @state %>\n', 'erb'],
  ['keepalived.conf.epp', 'state <%= $state %>\n', 'erb'],
  ['keepalived.tmpl', '{{ range .Servers }}\n{{ end }}\n', 'go'],
  ['keepalived.conf', 'priority {{ .Priority }}\n', 'go'],
  ['keepalived.ctmpl', 'priority {{ key "lvs/priority" }}\n', 'go'],
  ['keepalived.conf.tpl', 'priority ${priority}\n', 'dollar'],
  ['keepalived.conf.tpl', '%{ if master ~}\nstate MASTER\n%{ endif ~}\n', 'dollar'],
  ['keepalived.conf.template', 'priority $PRIORITY\n', 'dollar'],
])('the language of %s with %j is %s', (name, text, language) => {
  expect(templateLanguage(name, text)).toBe(language);
});

test.each([
  ['keepalived.conf', 'priority $PRIORITY\n'],
  ['keepalived.conf', 'x {{{ a }}}'],
  ['keepalived.conf', '{'.repeat(10_000)],
  ['keepalived.conf', '{{x '.repeat(100_000)],
  ['keepalived.conf.j2', 'priority 1\n'],
  ['keepalived.conf.mustache', '{{#servers}}\n{{/servers}}\n'],
])('%s with its text is none that is followed', (name, text) => {
  expect(templateLanguage(name, text)).toBeUndefined();
});

test('a template is named for what it becomes', () => {
  expect(renderedName('keepalived.conf.j2')).toBe('keepalived.conf');
  expect(renderedName('90-lvs.conf.erb')).toBe('90-lvs.conf');
  expect(renderedName('keepalived.conf')).toBe('keepalived.conf');
});
