/** Generated files on which keepalived 2.2.7 and the tool are known to differ: by what stands in them, and why. */
const DISAGREEMENTS: readonly { readonly where: RegExp; readonly reason: string }[] = [
  {
    where: /^\/\/ \}$/m,
    reason:
      "in a list keepalived takes '//' for an item and its brace for the end; the tool takes the line for a comment",
  },
];

/** Whether a disagreement about a file has a name. */
export function isNamedDisagreement(text: string, said: readonly string[]): boolean {
  const all = `${text}\n${said.join('\n')}`;
  return DISAGREEMENTS.some(({ where }) => where.test(all));
}
