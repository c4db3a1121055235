using System.Text;

namespace Mirror.Engine.Tests.Fuzz;

/// <summary>
/// Feeds a target with mutations of its seeds. A parser must answer every input: no exception, no allocation out of
/// proportion to the input, and an end.
/// </summary>
internal sealed class FuzzRun(FuzzTarget target, int seed)
{
    private const int LongestInput = 2000;
    private const long BytesPerInputByte = 400;
    private const long FreeBytes = 256 * 1024;

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
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            target.Run(input);
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException(
                $"{target.Name} does not answer {Convert.ToBase64String(input)}", exception);
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        if (allocated > FreeBytes + (BytesPerInputByte * input.Length))
        {
            throw new InvalidOperationException(
                $"{target.Name} allocates {allocated} bytes for {Convert.ToBase64String(input)}");
        }
    }

    private byte[] Next()
    {
        List<byte> input = [.. Encoding.UTF8.GetBytes(Pick(target.Seeds))];
        for (int change = _random.Next(1, 8); change > 0; change--)
        {
            Mutate(input);
        }

        return [.. input.Take(LongestInput)];
    }

    private void Mutate(List<byte> input)
    {
        int at = _random.Next(input.Count + 1);
        int length = int.Min(_random.Next(1, 16), input.Count - at);
        switch (_random.Next(7))
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
            default:
                input.InsertRange(at, Encoding.UTF8.GetBytes(Pick(target.Seeds)));
                break;
        }
    }

    private string Pick(IReadOnlyList<string> texts) => texts[_random.Next(texts.Count)];
}
