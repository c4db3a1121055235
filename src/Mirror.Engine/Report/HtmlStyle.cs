namespace Mirror.Engine.Report;

/// <summary>How a page looks: wide and narrow, light and dark, on paper.</summary>
internal static class HtmlStyle
{
    public static void AddTo(HtmlText page) => page.Add($$"""
        <style>
        :root {
          --paper: #f7f8fa; --card: #fff; --ink: #1b2330; --soft: #5a6474; --line: #dfe3e9; --bar: #2f6fde;
          --bad: #b3261e;
          --track: #e9eef7; --good: #1a7f4b; --warn: #9a5b00; --warn-back: #fff6e5; --link: #1f5fc9;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --paper: #12161c; --card: #1a2029; --ink: #e6e9ee; --soft: #9aa5b4; --line: #2c3542; --bar: #6ea0f5;
            --bad: #ff8a80;
            --track: #26303f; --good: #5cc990; --warn: #f0b660; --warn-back: #2e2616; --link: #8ab4f8;
          }
        }
        * { box-sizing: border-box; }
        body {
          margin: 0 auto; max-width: 74rem; padding: 2.5rem 1.5rem 4rem; background: var(--paper); color: var(--ink);
          font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif;
          font-variant-numeric: tabular-nums; overflow-wrap: anywhere;
        }
        h1 { margin: 0; font-size: 1.75rem; line-height: 1.25; letter-spacing: -.01em; font-weight: 650; }
        h2 { margin: 0 0 .75rem; font-size: 1.15rem; font-weight: 650; }
        a { color: var(--link); }
        a:focus-visible, summary:focus-visible, [tabindex]:focus-visible { outline: 2px solid var(--link); }
        h1, td, th, li, dd, summary { unicode-bidi: isolate; }
        .kind { margin: 0 0 .25rem; color: var(--soft); font-size: .85rem; letter-spacing: .04em; }
        .verdict { margin: .5rem 0 0; color: var(--soft); font-size: 1.05rem; }
        .bad { color: var(--bad); font-weight: 600; }
        .run { display: grid; grid-template-columns: max-content 1fr; gap: .1rem .8rem; margin: 1rem 0 0; }
        .run dt { color: var(--soft); }
        .run dd { margin: 0; overflow-wrap: anywhere; }
        .facts {
          display: grid; grid-template-columns: repeat(auto-fit, minmax(8.5rem, 1fr)); gap: .75rem;
          margin: 1.5rem 0 0;
        }
        .facts div {
          padding: .8rem 1rem; background: var(--card); border: 1px solid var(--line); border-radius: .6rem;
        }
        .facts dt { color: var(--soft); font-size: .8rem; }
        .facts dd { margin: .1rem 0 0; font-size: 1.35rem; font-weight: 600; white-space: nowrap; }
        section {
          margin-top: 1.25rem; padding: 1.25rem 1.4rem; background: var(--card); border: 1px solid var(--line);
          border-radius: .6rem;
        }
        .count { color: var(--soft); font-weight: 400; }
        .wide { overflow-x: auto; }
        table { width: 100%; border-collapse: collapse; font-size: .92rem; }
        th, td { padding: .45rem .7rem; text-align: left; vertical-align: top; border-top: 1px solid var(--line); }
        th:first-child, td:first-child { padding-left: 0; }
        th:last-child, td:last-child { padding-right: 0; }
        thead th, thead td { border-top: 0; }
        thead th { color: var(--soft); font-size: .8rem; font-weight: 500; white-space: nowrap; }
        tbody th { font-weight: 500; }
        tfoot th, tfoot td { font-weight: 650; border-top: 2px solid var(--line); }
        .number { text-align: right; white-space: nowrap; }
        .chart th:first-child { width: 28%; }
        .chart .bar { width: 46%; vertical-align: middle; }
        .releases th { white-space: nowrap; }
        .bar span { display: block; height: .7rem; border-radius: .2rem; background: var(--track); }
        .bar i { display: block; height: 100%; min-width: 2px; border-radius: .2rem; background: var(--bar); }
        .tags { display: flex; flex-wrap: wrap; gap: .3rem; margin: 0; padding: 0; list-style: none; }
        .tags li { padding: 0 .5rem; border: 1px solid var(--line); border-radius: .3rem; }
        .new { color: var(--good); }
        .gone { color: var(--warn); }
        .none { color: var(--soft); }
        .faults { margin: 0; padding: 0; list-style: none; }
        .faults li { padding: .6rem .8rem; border-left: 3px solid var(--warn); background: var(--warn-back); }
        .faults li + li { margin-top: .5rem; }
        .faults a { margin-right: .35rem; font-weight: 650; color: var(--warn); }
        .advice { display: block; color: var(--soft); }
        code { font: .82rem/1.5 ui-monospace, "Cascadia Mono", Menlo, "DejaVu Sans Mono", monospace; }
        details code {
          display: block; max-width: 15rem; overflow: hidden; text-overflow: ellipsis; white-space: nowrap;
        }
        details { border-top: 1px solid var(--line); }
        details:first-of-type { border-top: 0; }
        summary { padding: .5rem 0; cursor: pointer; font-weight: 500; }
        summary .count { float: right; }
        details .wide { padding-bottom: .75rem; }
        @media (max-width: 40rem) {
          body { padding: 1.5rem .9rem 3rem; }
          section { padding: 1rem; }
          h1 { font-size: 1.35rem; }
          .facts { grid-template-columns: repeat(2, 1fr); }
          details table { min-width: 48rem; }
          details code { max-width: 10rem; }
          .chart, .chart tbody, .chart tfoot { display: block; }
          .chart thead { position: absolute; clip-path: inset(50%); }
          .chart tr {
            display: grid; grid-template-columns: 1fr auto; padding: .5rem 0; border-top: 1px solid var(--line);
          }
          .chart th:first-child, .chart th, .chart td { padding: 0; border: 0; width: auto; }
          .chart .bar { grid-column: 1 / -1; grid-row: 2; width: auto; margin: .3rem 0; }
          .chart .images { grid-column: 1; grid-row: 3; text-align: left; color: var(--soft); }
          .chart .images:not(:empty)::before { content: "Images: "; }
          .chart .share { grid-column: 2; grid-row: 3; color: var(--soft); }
          .releases, .releases tbody, .releases tr, .releases th, .releases td { display: block; }
          .releases thead { position: absolute; clip-path: inset(50%); }
          .releases th, .releases td { padding: .2rem 0; border: 0; }
          .releases tr { padding: .5rem 0; border-top: 1px solid var(--line); }
        }
        @media print {
          :root { --paper: #fff; }
          body { max-width: none; padding: 0; }
          .facts div, tr { break-inside: avoid; }
          details code { max-width: none; white-space: normal; }
        }
        </style>
        """);
}
