using System.Text;

namespace Mirror.Engine.Tests.Fuzz;

/// <summary>The ways in which a parser may refuse: those that its callers expect.</summary>
internal static class Tolerated
{
    /// <summary>Runs a parser that refuses with faults.</summary>
    public static void Faults(Action parse)
    {
        try
        {
            parse();
        }
        catch (MirrorException exception) when (exception.Faults.All(fault => fault.Code != FaultCode.Defect))
        {
            // The answer to input that is none.
        }
    }

    /// <summary>Runs a parser whose caller turns a malformed input into a fault.</summary>
    public static void Formats(Action parse)
    {
        try
        {
            parse();
        }
        catch (FormatException)
        {
            // The answer to input that is none.
        }
    }

    public static string Latin(byte[] bytes) => Encoding.Latin1.GetString(bytes);

    public static string Utf8(byte[] bytes) => Encoding.UTF8.GetString(bytes);
}
