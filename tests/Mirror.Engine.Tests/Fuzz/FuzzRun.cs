using System.Diagnostics;
using System.Text;

namespace Mirror.Engine.Tests.Fuzz;

/// <summary>
/// Feeds a target with mutations of its seeds, sentences of its words, and noise. A parser must answer every input: no
/// exception but those that its callers expect, no allocation out of proportion to the input, and an end.
/// </summary>
internal sealed class FuzzRun(FuzzTarget target, int seed)
{
    private const int LongestInput = 20_000;
    private const long BytesPerInputByte = 400;
    private const long MostBytes = 100_000_000;

    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(1);

    private static readonly string[] Numbers =
    [
        "0", "-0", "-1", "1", "2147483648", "4294967296", "9223372036854775807", "9223372036854775808",
        "18446744073709551616", "99999999999999999999999999999999", "1e5", "1e999", "007777777777", "0x10",
    ];

    private readonly Random _random = new(seed);

    /// <summary>Runs inputs; throws with the input that was not answered, in Base64.</summary>
    public void Run(int inputs, Action<byte[]>? trying = null)
    {
        for (int index = 0; index < inputs; index++)
        {
            byte[] input = Next();
            trying?.Invoke(input);
            Try(target, input);
        }
    }

    /// <summary>Runs one input; also for those that were found once.</summary>
    public static void Try(FuzzTarget target, byte[] input)
    {
        long mostBytes = long.Min(MostBytes, target.FreeBytes + (BytesPerInputByte * input.Length));
        (long Bytes, TimeSpan Time) cost = default;

        // A busy machine takes time from everybody, and what is used first makes tables: three times is no accident.
        for (int attempt = 0; attempt < 3; attempt++)
        {
            cost = Measure(target, input);
            if (cost.Bytes <= mostBytes && cost.Time <= MostTime)
            {
                return;
            }
        }

        throw new InvalidOperationException(
            $"{target.Name} takes {cost.Time} and {cost.Bytes} bytes for {Convert.ToBase64String(input)}");
    }

    private static (long Bytes, TimeSpan Time) Measure(FuzzTarget target, byte[] input)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        long start = Stopwatch.GetTimestamp();
        try
        {
            target.Run(input);
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException(
                $"{target.Name} does not answer {Convert.ToBase64String(input)}", exception);
        }

        TimeSpan time = Stopwatch.GetElapsedTime(start);
        return (GC.GetAllocatedBytesForCurrentThread() - before, time);
    }

    private byte[] Next()
    {
        List<byte> input = _random.Next(10) switch
        {
            0 => Noise(_random.Next(200)),
            1 or 2 => Sentence(),
            _ => [.. Pick(target.Seeds)],
        };
        for (int change = _random.Next(1, 8); change > 0; change--)
        {
            Mutate(input);
        }

        byte[] changed = [.. input.Take(LongestInput)];
        return target.Mend is { } mend && _random.Next(10) != 0 ? mend(changed) : changed;
    }

    private List<byte> Noise(int length)
    {
        byte[] noise = new byte[length];
        _random.NextBytes(noise);
        return [.. noise];
    }

    /// <summary>Words of the grammar in any order, some of them many times: what nests, nests deeply.</summary>
    private List<byte> Sentence()
    {
        List<byte> sentence = [];
        for (int words = _random.Next(1, 30); words > 0; words--)
        {
            byte[] word = Encoding.UTF8.GetBytes(Pick(target.Words));
            for (int times = _random.Next(20) == 0 ? _random.Next(1000) : 1; times > 0; times--)
            {
                sentence.AddRange(word);
            }
        }

        return sentence;
    }

    private void Mutate(List<byte> input)
    {
        int at = _random.Next(input.Count + 1);
        int length = int.Min(_random.Next(1, 16), input.Count - at);
        switch (_random.Next(12))
        {
            case 0 when at < input.Count:
                input[at] = (byte)_random.Next(256);
                break;
            case 1:
                input.RemoveRange(at, length);
                break;
            case 2:
                input.InsertRange(at, input.GetRange(at, length));
                break;
            case 3:
                input.InsertRange(at, Encoding.UTF8.GetBytes(Pick(target.Words)));
                break;
            case 4:
                input.InsertRange(at, Enumerable.Repeat(Encoding.UTF8.GetBytes(Pick(target.Words)), 40)
                    .SelectMany(word => word));
                break;
            case 5:
                input.RemoveRange(at, input.Count - at);
                break;
            case 6:
                ChangeNumber(input, at);
                break;
            case 7 when at < input.Count:
                input[at] ^= (byte)(1 << _random.Next(8));
                break;
            case 8:
                input.InsertRange(at, Noise(_random.Next(1, 8)));
                break;
            case 9:
                List<byte> part = input.GetRange(at, length);
                input.InsertRange(_random.Next(input.Count + 1), part);
                break;
            case 10:
                byte fill = Pick<byte>([0, 0xff, (byte)'0', (byte)' ']);
                input.RemoveRange(at, length);
                input.InsertRange(at, Enumerable.Repeat(fill, length));
                break;
            default:
                input.InsertRange(at, Pick(target.Seeds));
                break;
        }
    }

    /// <summary>Puts a number that parsers stumble over in the place of the next one.</summary>
    private void ChangeNumber(List<byte> input, int from)
    {
        int start = input.FindIndex(from, one => char.IsAsciiDigit((char)one));
        if (start < 0)
        {
            return;
        }

        int end = start;
        while (end < input.Count && char.IsAsciiDigit((char)input[end]))
        {
            end++;
        }

        input.RemoveRange(start, end - start);
        input.InsertRange(start, Encoding.ASCII.GetBytes(Pick(Numbers)));
    }

    private T Pick<T>(IReadOnlyList<T> texts) => texts[_random.Next(texts.Count)];
}
