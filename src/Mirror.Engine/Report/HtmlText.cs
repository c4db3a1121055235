using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Mirror.Engine.Errors;

namespace Mirror.Engine.Report;

/// <summary>
/// Collects HTML: what stands in the code is markup, whatever is put in between is escaped. There is no way to add a
/// text that is not.
/// </summary>
internal sealed class HtmlText
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private readonly StringBuilder _text = new();

    /// <summary>Adds a line of markup.</summary>
    public void Add([InterpolatedStringHandlerArgument("")] Markup markup)
    {
        _ = markup;
        _text.Append('\n');
    }

    public override string ToString() => _text.ToString();

    /// <summary>The pieces of a line, straight into the page.</summary>
    [InterpolatedStringHandler]
    public readonly ref struct Markup
    {
        private readonly StringBuilder _text;

        public Markup(int literalLength, int formattedCount, HtmlText page)
        {
            _text = page._text;
            _text.EnsureCapacity(_text.Length + literalLength + (16 * formattedCount));
        }

        public void AppendLiteral(string markup) => _text.Append(markup);

        public void AppendFormatted(string? text) => _text.Append(Encoder.Encode(LogLine.Printable(text ?? "")));

        public void AppendFormatted(int number) => _text.Append(number.ToString("N0", CultureInfo.InvariantCulture));
    }
}
