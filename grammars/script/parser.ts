import { EmbeddedActionsParser, type IToken } from 'chevrotain';
import type { RawArray, RawRedirect, RawWord } from './node.ts';
import * as tokens from './tokens.ts';

/** What the parser tells of a script, in order; the builder puts it into blocks. */
export interface Builder {
  command(words: readonly RawWord[], arrays: readonly RawArray[], redirects: readonly RawRedirect[]): void;
  keyword(token: IToken): void;
  forHead(keyword: IToken, name: RawWord | undefined, items: RawWord[] | undefined, counting?: string): void;
  caseHead(keyword: IToken, subject: RawWord | undefined): void;
  functionHead(name: RawWord): void;
  /** `[[ … ]]` and `(( … ))`: a command in one piece. */
  piece(token: IToken): void;
  joint(token: IToken): void;
  newline(token: IToken): void;
  caseEnd(token: IToken): void;
  openParen(token: IToken): void;
  closeParen(token: IToken): void;
}

/*
 * The grammar is flat on purpose: 10,000 nested blocks cost no stack, and a block that is never closed, or closed
 * without being open, is a sequence of tokens like any other. The builder keeps the stack.
 */
class ScriptParser extends EmbeddedActionsParser {
  builder: Builder | undefined;

  constructor() {
    super(tokens.tokenTypes, { maxLookahead: 1, skipValidations: true });
    this.performSelfAnalysis();
  }

  /** script = *( command / keyword / head / piece / joint / newline / case-end / bracket ) */
  script = this.RULE('script', () => {
    this.MANY(() => {
      this.OR([
        { ALT: () => this.SUBRULE(this.command) },
        { ALT: () => this.tell('newline', this.CONSUME(tokens.Newline)) },
        { ALT: () => this.tell('joint', this.CONSUME(tokens.Joint)) },
        { ALT: () => this.tell('keyword', this.CONSUME(tokens.Keyword)) },
        { ALT: () => this.tell('caseEnd', this.CONSUME(tokens.CaseEnd)) },
        { ALT: () => this.tell('openParen', this.CONSUME(tokens.OpenParen)) },
        { ALT: () => this.tell('closeParen', this.CONSUME(tokens.CloseParen)) },
        { ALT: () => this.tell('piece', this.CONSUME(tokens.Test)) },
        { ALT: () => this.tell('piece', this.CONSUME(tokens.Arithmetic)) },
        { ALT: () => this.SUBRULE(this.forHead) },
        { ALT: () => this.SUBRULE(this.caseHead) },
        { ALT: () => this.SUBRULE(this.functionHead) },
        { ALT: () => this.CONSUME(tokens.In) },
      ]);
    });
  });

  /** command = 1*( word / redirect / array ) */
  private command = this.RULE('command', () => {
    const words: RawWord[] = [];
    const arrays: RawArray[] = [];
    const redirects: RawRedirect[] = [];
    this.AT_LEAST_ONE(() => {
      this.OR([
        { ALT: () => words.push(rawWord(this.CONSUME(tokens.Word))) },
        { ALT: () => redirects.push(this.SUBRULE(this.redirect)) },
        { ALT: () => arrays.push(this.SUBRULE(this.array)) },
      ]);
    });
    this.ACTION(() => this.builder?.command(words, arrays, redirects));
  });

  /** redirect = sign [ word ] */
  private redirect = this.RULE('redirect', (): RawRedirect => {
    const sign = this.CONSUME(tokens.Redirect);
    const target = this.OPTION(() => rawWord(this.CONSUME(tokens.Word)));
    const [, fd = '', operator = ''] = /^(\d*|\{\w*\})([<>&|-]*)$/.exec(sign.image) ?? [];
    return { operator, fd, target, start: sign.startOffset };
  });

  /** array = head *( word / newline ) [ ")" ] */
  private array = this.RULE('array', (): RawArray => {
    const head = this.CONSUME(tokens.ArrayHead);
    const items: RawWord[] = [];
    this.MANY(() => {
      this.OR([
        { ALT: () => items.push(rawWord(this.CONSUME(tokens.Word))) },
        { ALT: () => this.tell('newline', this.CONSUME(tokens.Newline)) },
      ]);
    });
    this.OPTION(() => this.CONSUME(tokens.CloseParen));
    const [, name = '', plus] = /^(\w+)(\+?)/.exec(head.image) ?? [];
    return { name, append: plus === '+', items, start: head.startOffset };
  });

  /** for-head = "for" [ "((…))" / name [ "in" *word ] ] */
  private forHead = this.RULE('forHead', () => {
    const keyword = this.CONSUME(tokens.For);
    let name: RawWord | undefined;
    let items: RawWord[] | undefined;
    let counting: string | undefined;
    this.OPTION(() => {
      this.OR([
        {
          ALT: () => {
            counting = this.CONSUME(tokens.Arithmetic).image;
          },
        },
        {
          ALT: () => {
            name = rawWord(this.CONSUME(tokens.Word));
            this.OPTION2(() => {
              this.CONSUME(tokens.In);
              items = [];
              this.MANY(() => items?.push(rawWord(this.CONSUME2(tokens.Word))));
            });
          },
        },
      ]);
    });
    this.ACTION(() => this.builder?.forHead(keyword, name, items, counting));
  });

  /** case-head = "case" [ word [ "in" ] ] */
  private caseHead = this.RULE('caseHead', () => {
    const keyword = this.CONSUME(tokens.Case);
    let subject: RawWord | undefined;
    this.OPTION(() => {
      subject = rawWord(this.CONSUME(tokens.Word));
      this.OPTION2(() => this.CONSUME(tokens.In));
    });
    this.ACTION(() => this.builder?.caseHead(keyword, subject));
  });

  /** function-head = name "()" / "function" [ word ] [ "()" ] */
  private functionHead = this.RULE('functionHead', () => {
    let name: RawWord | undefined;
    this.OR([
      {
        ALT: () => {
          name = rawWord(this.CONSUME(tokens.FunctionHead));
        },
      },
      {
        ALT: () => {
          this.CONSUME(tokens.FunctionWord);
          this.OPTION(() => {
            name = rawWord(this.CONSUME(tokens.Word));
          });
          this.OPTION2(() => {
            this.CONSUME(tokens.OpenParen);
            this.OPTION3(() => this.CONSUME(tokens.CloseParen));
          });
        },
      },
    ]);
    this.ACTION(() => {
      if (name !== undefined) this.builder?.functionHead(name);
    });
  });

  private tell(
    what: 'newline' | 'joint' | 'keyword' | 'caseEnd' | 'openParen' | 'closeParen' | 'piece',
    token: IToken,
  ): void {
    this.ACTION(() => this.builder?.[what](token));
  }
}

function rawWord(token: IToken): RawWord {
  return { raw: token.image, start: token.startOffset };
}

let parser: ScriptParser | undefined;

/** Feeds the tokens of a script to a builder. */
export function parseTokens(input: IToken[], builder: Builder): void {
  parser ??= new ScriptParser();
  parser.builder = builder;
  parser.input = input;
  parser.script();
  parser.builder = undefined;
  parser.input = [];
}
