/** The bit for "others may not write" is not among those that the mask takes away. */
export function letsOthersWrite(text: string): boolean {
  if (/^0x[0-9a-f]{1,4}$/i.test(text)) return (Number.parseInt(text, 16) & 0o2) === 0;
  if (/^0[0-7]{0,4}$/.test(text)) return (Number.parseInt(text, 8) & 0o2) === 0;
  return /^I[RWX](?:USR|GRP|OTH)(?:\|I[RWX](?:USR|GRP|OTH))*$/.test(text) && !text.includes('IWOTH');
}
