import { expect, test } from 'vitest';
import { useProgram } from '../support/program.ts';

const program = useProgram();

/** What a bash that has loaded the script offers for the last of these words. */
function offered(...words: readonly string[]): readonly string[] {
  const list = words.map((word) => `'${word}'`).join(' ');
  const script = [
    'eval "$(lvsdoctor completion)"',
    `COMP_WORDS=(${list}) COMP_CWORD=${words.length - 1}`,
    '_lvsdoctor_yargs_completions',
    'printf "%s\\n" "${COMPREPLY[@]}"',
  ].join('\n');
  const { out, err } = program.run(
    `bash --norc -c '${script.replaceAll("'", "'\\''")}' </dev/null`,
    program.folderWith({}),
  );
  expect(err).toBe('');
  return out.trim().split('\n');
}

test('commands, options and their values are completed', () => {
  expect(offered('lvsdoctor', 'di')).toEqual(['diagnose']);
  expect(offered('lvsdoctor', 'lint', '--fail')).toEqual(['--fail-on']);
  expect(offered('lvsdoctor', 'lint', '--fail-on', 'w')).toEqual(['warning']);
});

test('explain knows the names of its pages', () => {
  expect(offered('lvsdoctor', 'explain', 'arp/only')).toEqual(['arp/only-lo-set']);
  expect(offered('lvsdoctor', 'explain', 'vip-fl')).toEqual(['vip-flaps']);
});

test('zsh gets a script of its own', () => {
  const { out, status } = program.run('lvsdoctor completion', program.folderWith({}), { SHELL: '/bin/zsh' });
  expect(out).toMatch(/^#compdef lvsdoctor\n/);
  expect(status).toBe(0);
});
