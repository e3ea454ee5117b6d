namespace GmmNative.Fuzz;

/// <summary>Changes bytes of a kept file, regardless of their meaning.</summary>
internal sealed class ByteMutator : IMutator
{
    private const int MostChanges = 6;
    private const int LongestPiece = 64;

    /// <inheritdoc/>
    public byte[] Mutate(Corpus corpus, Random random) => Change(corpus.Any(random), corpus, random);

    /// <summary>Some changes of given bytes.</summary>
    public static byte[] Change(byte[] file, Corpus corpus, Random random)
    {
        List<byte> bytes = [.. file];
        int changes = random.Next(1, MostChanges);
        for (int i = 0; i < changes; i++)
        {
            ChangeOnce(bytes, corpus, random);
        }

        return [.. bytes];
    }

    private static void ChangeOnce(List<byte> bytes, Corpus corpus, Random random)
    {
        int place = random.Next(bytes.Count + 1);
        int length = Math.Min(random.Next(LongestPiece), bytes.Count - place);
        switch (random.Next(8))
        {
            case 0 when place < bytes.Count:
                bytes[place] ^= (byte)(1 << random.Next(8));
                break;
            case 1 when place < bytes.Count:
                bytes[place] = (byte)random.Next(256);
                break;
            case 2:
                byte[] number = BitConverter.GetBytes(random.Awkward((ulong)bytes.Count));
                for (int i = 0; i < random.Pick([2, 4, 8]) && place + i < bytes.Count; i++)
                {
                    bytes[place + i] = number[i];
                }

                break;
            case 3:
                bytes.RemoveRange(place, length);
                break;
            case 4:
                bytes.InsertRange(random.Next(bytes.Count + 1), bytes.GetRange(place, length));
                break;
            case 5:
                byte[] noise = new byte[random.Next(LongestPiece)];
                random.NextBytes(noise);
                bytes.InsertRange(place, noise);
                break;
            case 6 when random.OnceIn(3):
                bytes.RemoveRange(place, bytes.Count - place);
                break;
            case 7:
                byte[] other = corpus.Any(random);
                bytes.RemoveRange(place, bytes.Count - place);
                bytes.AddRange(other.Skip(Math.Min(place, random.Next(other.Length + 1))));
                break;
        }
    }
}
