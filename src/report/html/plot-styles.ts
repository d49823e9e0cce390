/** The styles of plots. Good and bad differ by place and form too: many see no colours, and many printers have none. */
export const PLOT_STYLES = `
figure { margin: 1rem 0; overflow-x: auto; }
figcaption { color: var(--faint); font-size: .9rem; }
svg.plot { display: block; width: 100%; min-width: 40rem; height: auto; }
svg text { font: 13px system-ui, sans-serif; fill: var(--text); }
svg .label { text-anchor: end; }
svg .number { text-anchor: middle; fill: var(--faint); }
svg .late { text-anchor: end; }
svg path { fill: none; stroke: none; }
svg .rail, svg .grid { stroke: var(--line); }
svg .axis, svg .tick { stroke: var(--faint); }
svg path.mark { stroke: var(--text); stroke-dasharray: 4 3; }
svg text.mark { font-weight: 700; }
svg .good { fill: var(--good); }
svg .slow { fill: var(--warning); }
svg .failed, svg .wrong { fill: var(--error); }
svg .holds { fill: var(--info); }
svg .dots { fill: none; stroke-width: 3; stroke-linecap: round; }
svg .dots.good { stroke: var(--good); }
svg .dots.slow { stroke: var(--warning); }
svg .dots.failed { stroke: var(--error); stroke-width: 1.2; }
svg .share { fill: var(--info); opacity: .55; }
svg .confidence { stroke: var(--text); stroke-width: 1.5; }
svg .wanted { stroke: var(--error); stroke-width: 3; }
section > h3 { margin-top: 1.5rem; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
@media print { figure { break-inside: avoid; overflow: visible; } svg.plot { min-width: 0; } }
`;
