using System.Buffers;
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

    /// <summary>Of the parts of references and file names.</summary>
    private static readonly SearchValues<char> Separators = SearchValues.Create("/:@.-_");

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

        /// <summary>
        /// A name, such as <c>{name:wrap}</c>: a line may end after each of its separators. Not for attributes.
        /// </summary>
        public void AppendFormatted(string text, string format)
        {
            _ = format;
            ReadOnlySpan<char> rest = text;
            for (int end; (end = rest.IndexOfAny(Separators)) >= 0 && end + 1 < rest.Length; rest = rest[(end + 1)..])
            {
                AppendFormatted(rest[..(end + 1)].ToString());
                _text.Append("<wbr />");
            }

            AppendFormatted(rest.ToString());
        }

        public void AppendFormatted(int number) => _text.Append(number.ToString("N0", CultureInfo.InvariantCulture));
    }
}
