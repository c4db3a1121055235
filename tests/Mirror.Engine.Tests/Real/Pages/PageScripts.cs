namespace Mirror.Engine.Tests.Real.Pages;

/// <summary>What is asked of a page in the browser; each answers with what is wrong, or with a number.</summary>
internal static class PageScripts
{
    /// <summary>
    /// Elements that leave the window, and texts that leave their element where nothing cuts them off.
    /// </summary>
    public const string Overflow = """
        (() => {
          const wrong = [];
          const name = e => `${e.tagName}.${e.className}: ${e.textContent.trim().slice(0, 40)}`;
          if (document.documentElement.scrollWidth > innerWidth) wrong.push('the page scrolls sideways');
          for (const e of document.querySelectorAll('body *')) {
            const box = e.getBoundingClientRect();
            if (box.width > 0 && (box.right > innerWidth + .5 || box.left < -.5)) wrong.push(`outside ${name(e)}`);
            const style = getComputedStyle(e);
            if (style.display !== 'inline' && style.overflowX === 'visible' && e.scrollWidth > e.clientWidth + 1)
              wrong.push(`runs out ${name(e)}`);
          }
          return wrong.slice(0, 8);
        })()
        """;

    /// <summary>
    /// Words of up to 20 letters or digits that stand on two lines, those of names among them; digests may be broken.
    /// </summary>
    public const string BrokenWords = """
        (() => {
          const wrong = [];
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            if (node.parentElement.closest('code')) continue;
            for (const word of node.data.matchAll(/(?<![\p{L}\p{N}])[\p{L}\p{N}]{2,20}(?![\p{L}\p{N}])/gu)) {
              const range = document.createRange();
              range.setStart(node, word.index);
              range.setEnd(node, word.index + word[0].length);
              const boxes = [...range.getClientRects()].filter(box => box.width > 0);
              const tops = new Set(boxes.map(box => Math.round(box.top)));
              if (tops.size > 1) wrong.push(`${word[0]} in ${node.data.trim().slice(0, 60)}`);
            }
          }
          return wrong.slice(0, 8);
        })()
        """;

    /// <summary>Texts with a contrast under 4.5 to 1 (WCAG 2.2, 1.4.3).</summary>
    public const string Contrast = """
        (() => {
          const numbers = color => color.match(/[\d.]+/g).map(Number);
          const light = color => {
            const [r, g, b] = numbers(color).map(v => v / 255)
              .map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
            return .2126 * r + .7152 * g + .0722 * b;
          };
          const ground = e => {
            for (; e; e = e.parentElement) {
              const color = getComputedStyle(e).backgroundColor;
              if ((numbers(color)[3] ?? 1) === 1) return color;
            }
            return 'rgb(255, 255, 255)';
          };
          const wrong = [];
          for (const e of document.querySelectorAll('body, body *')) {
            if (![...e.childNodes].some(node => node.nodeType === 3 && node.data.trim())) continue;
            const [a, b] = [light(getComputedStyle(e).color), light(ground(e))];
            const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
            if (ratio < 4.5) wrong.push(`${ratio.toFixed(2)} ${e.tagName}.${e.className}: ${e.textContent}`);
          }
          return wrong.slice(0, 8);
        })()
        """;

    /// <summary>How light the page itself is, from 0 to 1.</summary>
    public const string Ground = """
        (() => {
          const [r, g, b] = getComputedStyle(document.body).backgroundColor.match(/[\d.]+/g).map(Number)
            .map(v => v / 255).map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
          return Math.round((.2126 * r + .7152 * g + .0722 * b) * 1000) / 1000;
        })()
        """;

    /// <summary>How many digests in folded parts are shown whole.</summary>
    public const string ShownDigests = """
        [...document.querySelectorAll('details code')].filter(e =>
          e.checkVisibility() && e.getBoundingClientRect().height > 0
            && e.scrollWidth <= e.clientWidth + 1).length
        """;
}
