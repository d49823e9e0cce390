import { addressFamily, readInteger } from './values.ts';

/** What is wrong with a text that stands for an address, and what to write instead. */
export interface AddressProblem {
  readonly problem: string;
  readonly remedy?: string;
}

/** Says why a text is no address; undefined where it is one. Masks and ranges are for the caller to cut off. */
export function addressProblem(text: string): AddressProblem | undefined {
  if (addressFamily(text) !== undefined) return undefined;
  if (text === '') return { problem: 'is empty' };
  const last = text.at(-1) ?? '';
  if (text.includes(','))
    return {
      problem: text.endsWith(',') ? 'ends in a comma' : 'joins addresses with a comma',
      remedy: 'Write one address a line, without commas.',
    };
  if (last === ';') return { problem: 'ends in a semicolon', remedy: `Write ${text.slice(0, -1)}.` };
  if (text.startsWith('[')) {
    const inner = text.slice(1, text.includes(']') ? text.indexOf(']') : undefined);
    return {
      problem: 'stands in brackets',
      ...(addressFamily(inner) !== undefined && { remedy: `Write ${inner} without brackets.` }),
    };
  }
  const colon = text.lastIndexOf(':');
  const port = readInteger(text.slice(colon + 1), 0, 65_535);
  if (colon > 0 && port !== undefined && addressFamily(text.slice(0, colon)) === 4)
    return {
      problem: 'joins address and port with a colon',
      remedy: `Write ${text.slice(0, colon)} ${port}, or the address alone where no port belongs.`,
    };
  if (text.includes('%'))
    return { problem: 'names an interface behind a percent sign', remedy: 'Leave the interface out.' };
  return dottedProblem(text) ?? wordProblem(text);
}

function dottedProblem(text: string): AddressProblem | undefined {
  const parts = text.split('.', 6);
  if (parts.length < 2 || parts.some((part) => part === '' || readInteger(part, 0, 1e9) === undefined))
    return undefined;
  if (parts.length !== 4)
    return { problem: `has ${parts.length > 5 ? 'more than 5' : parts.length} numbers instead of 4` };
  const large = parts.find((part) => Number(part) > 255);
  if (large !== undefined) return { problem: `is no IPv4 address: ${large} is above 255` };
  return {
    problem: 'has a number with a leading zero',
    remedy: `Write ${parts.map(Number).join('.')}.`,
  };
}

function wordProblem(text: string): AddressProblem {
  if (/[<>{}%@*]|x\.x|xx|^x|your|_(?:ip|vip)|(?:ip|vip)_/i.test(text.slice(0, 100)))
    return {
      problem: 'is a placeholder, not an address',
      remedy: 'Fill in the address.',
    };
  if (/^[a-z][a-z0-9.-]*$/i.test(text.slice(0, 100)))
    return { problem: 'is a name; keepalived looks up no names here', remedy: 'Write the address itself.' };
  return { problem: 'is no IP address' };
}
