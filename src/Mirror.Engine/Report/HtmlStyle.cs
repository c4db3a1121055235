namespace Mirror.Engine.Report;

/// <summary>How a page looks: wide and narrow, light and dark, on paper.</summary>
internal static class HtmlStyle
{
    public static void AddTo(HtmlText page) => page.Add($$"""
        <style>
        :root {
          --paper: #f7f8fa; --card: #fff; --ink: #1b2330; --soft: #5a6474; --line: #dfe3e9; --bar: #2f6fde;
          --track: #e9eef7; --link: #1f5fc9; --good: #1a7f4b; --warn: #8f5400; --warn-back: #fff6e5;
          --bad: #b3261e; --bad-back: #fdeeec; --on-fill: #fff;
        }
        @media screen and (prefers-color-scheme: dark) {
          :root {
            --paper: #12161c; --card: #1a2029; --ink: #e6e9ee; --soft: #9aa5b4; --line: #2c3542; --bar: #6ea0f5;
            --track: #26303f; --link: #8ab4f8; --good: #5cc990; --warn: #f0b660; --warn-back: #2e2616;
            --bad: #ff8a80; --bad-back: #35201f; --on-fill: #12161c;
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
        a:focus-visible, summary:focus-visible { outline: 2px solid var(--link); }
        h1, td, th, li, dd, summary { unicode-bidi: isolate; }
        .kind { margin: 0 0 .25rem; color: var(--soft); font-size: .85rem; letter-spacing: .04em; }
        .verdict { margin: .5rem 0 0; font-size: 1.05rem; }
        .verdict.good { color: var(--good); }
        .verdict.bad, .verdict.stopped {
          width: fit-content; margin-top: .8rem; padding: .3rem .8rem; border-radius: .4rem; color: var(--on-fill);
          font-weight: 600; print-color-adjust: exact;
        }
        .verdict.bad { background: var(--bad); }
        .verdict.stopped { background: var(--warn); }
        .run { display: flex; flex-wrap: wrap; gap: .1rem 1.5rem; margin: .8rem 0 0; font-size: .85rem; }
        .run div { display: flex; gap: .4rem; }
        .run dt { flex: none; color: var(--soft); }
        .run dd { margin: 0; }
        .facts {
          display: grid; grid-template-columns: repeat(auto-fit, minmax(10rem, 1fr)); gap: .75rem;
          margin: 1.5rem 0 0;
        }
        .facts div {
          padding: .75rem .8rem; background: var(--card); border: 1px solid var(--line); border-radius: .6rem;
        }
        .facts dt { color: var(--soft); font-size: .8rem; }
        .facts dd { margin: .1rem 0 0; font-size: 1.25rem; font-weight: 600; }
        section {
          margin-top: 1.25rem; padding: 1.25rem 1.4rem; background: var(--card); border: 1px solid var(--line);
          border-radius: .6rem;
        }
        section p { margin: 0 0 .75rem; }
        section > :last-child { margin-bottom: 0; }
        .count { color: var(--soft); font-weight: 400; }
        table { width: 100%; border-collapse: collapse; font-size: .92rem; }
        th, td { padding: .45rem .7rem; text-align: left; vertical-align: top; border-top: 1px solid var(--line); }
        th:first-child, td:first-child { padding-left: 0; }
        th:last-child, td:last-child { padding-right: 0; }
        thead th, thead td { border-top: 0; }
        thead th {
          color: var(--soft); font-size: .8rem; font-weight: 500; vertical-align: bottom; overflow-wrap: break-word;
        }
        tbody th { min-width: 12rem; font-weight: 500; }
        tfoot th, tfoot td { font-weight: 650; border-top: 2px solid var(--line); }
        .number { text-align: right; }
        td.number, .words { white-space: nowrap; }
        .chart th:first-child { width: 28%; }
        .chart .bar { width: 46%; vertical-align: middle; }
        .bar span { display: block; height: .7rem; border-radius: .2rem; background: var(--track); }
        .bar i { display: block; height: 100%; min-width: 2px; border-radius: .2rem; background: var(--bar); }
        .bar span, .bar i { print-color-adjust: exact; }
        .tags { display: flex; flex-wrap: wrap; gap: .3rem; margin: 0; padding: 0; list-style: none; }
        .tags li { padding: 0 .5rem; border: 1px solid var(--line); border-radius: .3rem; }
        .new { color: var(--good); }
        .gone { color: var(--warn); }
        .none { color: var(--soft); }
        .faults { margin: 0; padding: 0; list-style: none; --mark: var(--warn); --back: var(--warn-back); }
        .faults.bad { --mark: var(--bad); --back: var(--bad-back); }
        .faults li { padding: .6rem .8rem; border-left: 3px solid var(--mark); background: var(--back); }
        .faults li + li { margin-top: .5rem; }
        .faults a { margin-right: .35rem; font-weight: 650; color: var(--mark); }
        .advice { display: block; color: var(--soft); }
        tr.bad { background: var(--bad-back); box-shadow: inset 3px 0 var(--bad); print-color-adjust: exact; }
        tr.bad th:first-child { padding-left: .8rem; }
        tr.bad .words { color: var(--bad); font-weight: 650; }
        code { font: .82rem/1.5 ui-monospace, "Cascadia Mono", Menlo, "DejaVu Sans Mono", monospace; }
        td code { display: block; width: 32ch; }
        details code { width: 15rem; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
        details { border-top: 1px solid var(--line); }
        details:first-of-type { border-top: 0; }
        summary { padding: .5rem 0; cursor: pointer; font-weight: 500; }
        summary .count { float: right; }
        details table { margin-bottom: .75rem; }
        @media screen and (max-width: 64rem) {
          .facts dd { font-size: 1.1rem; }
          .wide, .wide tbody { display: block; }
          .wide thead { display: none; }
          .wide tr { display: block; padding: .6rem 0; border-top: 1px solid var(--line); }
          .wide tr:first-child { border-top: 0; }
          .wide th, .wide td { display: block; padding: 0; border: 0; }
          .wide tr.bad { padding: .6rem .8rem; }
          .wide tr.bad th:first-child { padding: 0; }
          .wide td {
            display: grid; grid-template-columns: 7rem 1fr; gap: .6rem; align-items: baseline; text-align: left;
          }
          .wide td::before { content: attr(data-head); color: var(--soft); font-size: .8rem; font-weight: 400; }
          .wide code { width: auto; white-space: normal; }
        }
        @media screen and (max-width: 40rem) {
          body { padding: 1.5rem .9rem 3rem; }
          section { padding: 1rem; }
          h1 { font-size: 1.35rem; }
          .facts { grid-template-columns: repeat(2, 1fr); }
          .plain th, .plain td { padding-inline: .4rem 0; }
          .plain tbody th { min-width: 9rem; padding-left: 0; }
          .chart, .chart tbody, .chart tfoot { display: block; }
          .chart thead { display: none; }
          .chart tr {
            display: grid; grid-template-columns: 1fr auto; column-gap: .8rem; padding: .5rem 0;
            border-top: 1px solid var(--line);
          }
          .chart tr:first-child { border-top: 0; }
          .chart tfoot tr { border-top: 2px solid var(--line); }
          .chart th:first-child, .chart th, .chart td { padding: 0; border: 0; width: auto; min-width: 0; }
          .chart .bar { grid-column: 1 / -1; grid-row: 2; width: auto; margin: .3rem 0; }
          .chart .images { grid-column: 1; grid-row: 3; text-align: left; color: var(--soft); }
          .chart .images:not(:empty)::before { content: "Images: "; }
          .chart .share { grid-column: 2; grid-row: 3; color: var(--soft); }
          .releases, .releases tbody, .releases tr, .releases th, .releases td { display: block; }
          .releases thead { display: none; }
          .releases th, .releases td { padding: .2rem 0; border: 0; }
          .releases tr { padding: .5rem 0; border-top: 1px solid var(--line); }
          .releases tr:first-child { border-top: 0; }
        }
        @page { margin: 14mm; }
        @media print {
          :root { --paper: #fff; }
          body { max-width: none; padding: 0; font-size: .8rem; }
          section { padding: .8rem 0 0; border: 0; border-top: 2px solid var(--line); border-radius: 0; }
          h2, summary { break-after: avoid; }
          .facts { grid-template-columns: repeat(6, 1fr); gap: .5rem; }
          .facts div { padding: .4rem .6rem; }
          .facts dd { font-size: 1rem; }
          .facts div, .faults li, tr { break-inside: avoid; }
          .faults li { print-color-adjust: exact; }
          .verdict.bad, .verdict.stopped { background: none; border: 2px solid; }
          .verdict.bad { color: var(--bad); }
          .verdict.stopped { color: var(--warn); }
          table { font-size: .75rem; }
          th, td { padding-block: .25rem; }
          tbody th { min-width: 9rem; }
          code { font-size: .68rem; }
          td code, details code { width: 36ch; overflow: visible; white-space: normal; }
          summary { list-style: none; }
          summary::-webkit-details-marker { display: none; }
          details::details-content { content-visibility: visible; block-size: auto; }
        }
        </style>
        """);
}
