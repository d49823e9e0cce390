import { readFileSync } from 'node:fs';
import { XmlDocument, XsdValidator } from 'libxml2-wasm';

/** A check by libxml2: whether a text is an XML document that this schema of ours describes; throws where it is not. */
export function validatorFor(schema: string): (text: string) => void {
  const xsd = XmlDocument.fromString(readFileSync(new URL(`schemas/${schema}`, import.meta.url), 'utf8'));
  const validator = XsdValidator.fromDoc(xsd);
  return (text) => {
    const document = XmlDocument.fromString(text);
    try {
      validator.validate(document);
    } finally {
      document.dispose();
    }
  };
}

/** The values of an attribute in a document, as a reader gets them. */
export function valuesIn(text: string, path: string): readonly string[] {
  const document = XmlDocument.fromString(text);
  try {
    return document.find(path).map(({ content }) => content);
  } finally {
    document.dispose();
  }
}
