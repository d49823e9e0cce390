import { EmbeddedActionsParser, type IToken } from 'chevrotain';
import { Line, tokenTypes } from './tokens.ts';

class IpvsadmParser extends EmbeddedActionsParser {
  onLine: (start: number, text: string) => void = () => {};

  constructor() {
    super(tokenTypes, { maxLookahead: 1, skipValidations: true });
    this.performSelfAnalysis();
  }

  /** file = *line; what a line means is for the command reader, which scripts share. */
  file = this.RULE('file', () => {
    this.MANY(() => {
      const line = this.CONSUME(Line);
      this.ACTION(() => this.onLine(line.startOffset, line.image));
    });
  });
}

let parser: IpvsadmParser | undefined;

/** Hands the lines of a saved table over, in order. */
export function parseLines(tokens: IToken[], onLine: (start: number, text: string) => void): void {
  parser ??= new IpvsadmParser();
  parser.onLine = onLine;
  parser.input = tokens;
  parser.file();
  parser.input = [];
  parser.onLine = () => {};
}
